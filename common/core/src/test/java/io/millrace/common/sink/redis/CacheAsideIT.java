package io.millrace.common.sink.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.ScriptOutputType;
import io.millrace.common.metrics.JobCounters;
import io.millrace.local.Addresses;
import io.millrace.local.ProjectRoot;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A reader has read the old row from the database, and puts it into the cache after the invalidation. */
@WithServers(Server.REDIS)
class CacheAsideIT {

    @RegisterExtension
    static final MiniClusterExtension FLINK = new JobCounters().cluster(2);

    private static final Duration DEADLINE = Duration.ofMinutes(3);
    private static final Duration DELAY = Duration.ofSeconds(10);
    private static final Pattern SCRIPT = Pattern.compile("(?s)```lua\n(.*?)```");
    private static final String OLD = "{\"id\":1,\"name\":\"old\"}";

    @TempDir
    Path letters;

    private final String prefix = "cached-" + UUID.randomUUID() + ":";
    private final RedisRoute route = RedisRoute.invalidate(Rows.TABLE, prefix + "{id}");
    private final String key = prefix + "1";
    private String uri;
    private PlainRedis redis;

    @BeforeEach
    void connect(Addresses addresses) {
        uri = addresses.redisUri();
        redis = new PlainRedis(uri);
    }

    @AfterEach
    void disconnect() {
        redis.close();
    }

    @Test
    void itsValueIsDeletedOnceMore() throws Exception {
        JobClient job = startInvalidation(route.deletingAgainAfter(DELAY));
        redis.ask().set(key, OLD);

        job.getJobExecutionResult().get();

        assertThat(redis.ask().get(key)).isNull();
    }

    /** The control: without the second delete, the old value stays. */
    @Test
    void itsValueStaysWithoutASecondDelete() throws Exception {
        JobClient job = startInvalidation(route);
        redis.ask().set(key, OLD);

        job.getJobExecutionResult().get();

        assertThat(redis.ask().get(key)).isEqualTo(OLD);
    }

    @Test
    void itsValueIsNotTakenIfItComparesTheVersionAsTheDocsSay() throws Exception {
        String before = version();
        assertThat(putBack(before)).as("nothing has changed").isEqualTo("OK");

        startInvalidation(route).getJobExecutionResult().get();

        assertThat(putBack(before)).isNull();
        assertThat(redis.ask().get(key)).isNull();
        assertThat(putBack(version())).isEqualTo("OK");
    }

    private JobClient startInvalidation(RedisRoute invalidation) throws Exception {
        JobClient job = new RedisJob(uri, invalidation, letters).start(List.of(Rows.row(1, 1)));
        await("the first delete").atMost(DEADLINE).until(() -> !version().isEmpty());
        return job;
    }

    private String version() {
        return Objects.requireNonNullElse(redis.ask().get("{" + key + "}:v"), "");
    }

    private String putBack(String versionBefore) throws Exception {
        Matcher script = SCRIPT.matcher(
                Files.readString(ProjectRoot.find().resolve("docs").resolve("cdc.md")));
        assertThat(script.find()).as("docs/cdc.md has the script").isTrue();
        return redis.ask()
                .eval(
                        script.group(1),
                        ScriptOutputType.STATUS,
                        new String[] {key, "{" + key + "}:v"},
                        versionBefore,
                        OLD,
                        "60");
    }
}
