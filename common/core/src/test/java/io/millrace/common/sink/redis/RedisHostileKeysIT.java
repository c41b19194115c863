package io.millrace.common.sink.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.common.event.RowChange;
import io.millrace.common.metrics.JobCounters;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Whatever stands in a row's key, a row has one key in Redis, and no other row has it. */
@WithServers(Server.REDIS)
class RedisHostileKeysIT {

    private static final List<String> HOSTILE = List.of(
            ":",
            "a:b",
            "a%3Ab",
            "a%3ab",
            "a\r\nDEL *\r\n",
            "nul\u0000nul",
            "nul",
            "../",
            "../../etc/passwd",
            "\"",
            "'",
            "}",
            "{",
            "}{",
            "}:v",
            "{id}",
            "\"; DROP",
            "Zoë \ud83d\ude00 \u2028",
            "Zoe\u0308",
            "*",
            "[a-z]?",
            "",
            " ",
            "x".repeat(4_000));

    @RegisterExtension
    static final MiniClusterExtension FLINK = new JobCounters().cluster(2);

    @TempDir
    Path letters;

    private final ObjectMapper json = new ObjectMapper();
    private final String prefix = "hostile-" + UUID.randomUUID() + ":";
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
    void putsEachHostileValueUnderOneKeyOfItsOwn() throws Exception {
        RedisJob job = new RedisJob(uri, RedisRoute.write(Rows.TABLE, prefix + "{id}"), letters);
        List<RowChange> changes = new ArrayList<>();
        for (String value : HOSTILE) {
            String row = json.writeValueAsString(Map.of("id", value));
            changes.add(Rows.row(1, row, row));
        }
        // keys of other tests that come to their end meanwhile would be counted
        redis.ask().flushall();

        job.write(changes);
        job.write(changes);

        assertThat(ids(redis.values(prefix))).containsExactlyInAnyOrderElementsOf(HOSTILE);
        assertThat(redis.versions(prefix)).hasSize(HOSTILE.size());
        assertThat(redis.ask().dbsize())
                .as("a value and a version for each, and nothing elsewhere")
                .isEqualTo(2L * HOSTILE.size());
        assertThat(job.letters.read()).isEmpty();
        assertThat(redis.values(prefix))
                .containsKeys(
                        prefix + "a%3Ab",
                        prefix + "a%253Ab",
                        prefix + "a%0D%0ADEL%20*%0D%0A",
                        prefix + "nul%00nul",
                        prefix + "../",
                        prefix + "%7D%7B",
                        prefix + "\";%20DROP",
                        prefix);
    }

    private List<String> ids(Map<String, String> rows) throws Exception {
        List<String> ids = new ArrayList<>();
        for (String row : rows.values()) {
            ids.add(json.readTree(row).path("id").asText());
        }
        return ids;
    }

    @Test
    void keepsApartTheColumnsOfAKey() throws Exception {
        RedisJob job = new RedisJob(uri, RedisRoute.write(Rows.TABLE, prefix + "{a}:{b}"), letters);
        List<String> parts = List.of("", ":", "x", "x:", ":x", "%3A", "}:{");
        List<RowChange> changes = new ArrayList<>();
        Set<String> pasted = new LinkedHashSet<>();
        for (String a : parts) {
            for (String b : parts) {
                String row = json.writeValueAsString(Map.of("a", a, "b", b));
                changes.add(Rows.row(1, row, row));
                pasted.add(a + ":" + b);
            }
        }

        job.write(changes);

        assertThat(redis.values(prefix)).hasSameSizeAs(changes);
        assertThat(pasted).as("keys that were only pasted together").hasSizeLessThan(changes.size());
    }

    @Test
    void putsARowWithoutAUsableKeyAside() throws Exception {
        RedisJob job = new RedisJob(uri, RedisRoute.write(Rows.TABLE, prefix + "{id}"), letters);

        job.write(List.of(
                Rows.row(1, "{\"id\":null}", "{\"id\":null}"),
                Rows.row(2, "{\"other\":1}", "{\"other\":1}"),
                Rows.row(3, "{\"id\":\"\\ud800\"}", "{\"id\":1}"),
                Rows.row(4, "{\"id\":\"" + "x".repeat(20_000) + "\"}", "{\"id\":1}"),
                Rows.row(5, 5)));

        assertThat(redis.values(prefix)).containsOnlyKeys(prefix + "5");
        assertThat(job.letters.read())
                .extracting(letter -> letter.substring(0, 1))
                .containsExactlyInAnyOrder("1", "2", "3", "4");
    }
}
