package io.millrace.common.sink.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.AclSetuserArgs;
import io.lettuce.core.protocol.CommandKeyword;
import io.lettuce.core.protocol.CommandType;
import io.millrace.common.config.Secret;
import io.millrace.common.event.RowChange;
import io.millrace.common.metrics.JobCounters;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A Redis that does not let everybody in. */
@WithServers(Server.REDIS)
class RedisAccessIT {

    private static final String PASSWORD = "canary";
    private static final List<RowChange> ROWS = List.of(Rows.row(1, 1));

    @RegisterExtension
    static final MiniClusterExtension FLINK = new JobCounters().cluster(2);

    @TempDir
    Path letters;

    private final String prefix = "access-" + UUID.randomUUID() + ":";
    private final String user = "millrace-" + UUID.randomUUID();
    private String uri;
    private PlainRedis redis;

    @BeforeEach
    void close(Addresses addresses) {
        uri = addresses.redisUri();
        redis = new PlainRedis(uri);
        redis.ask().configSet("requirepass", PASSWORD);
    }

    @AfterEach
    void open() {
        redis.ask().configSet("requirepass", "");
        redis.ask().aclDeluser(user);
        redis.close();
    }

    private RedisJob job(@Nullable String username, @Nullable String password) {
        Secret secret = password == null ? null : new Secret(password);
        RedisRoute route = RedisRoute.write(Rows.TABLE, prefix + "{id}");
        return new RedisJob(
                RedisJob.config(RedisJob.connection(uri, username, secret), RedisJob.BATCHING, RedisJob.BACKOFF, route),
                letters);
    }

    private void allow(AclSetuserArgs rights) {
        redis.ask().aclSetuser(user, rights.on().addPassword(PASSWORD));
    }

    @Test
    void writesWithThePassword() throws Exception {
        job(null, PASSWORD).write(ROWS);

        assertThat(redis.values(prefix)).hasSize(1);
    }

    @Test
    void failsAtOnceWithoutThePasswordAndSaysWhatToDo() {
        assertThatThrownBy(() -> job(null, null).write(ROWS))
                .rootCause()
                .hasMessageContaining("refuses to be written: NOAUTH")
                .hasMessageContaining("give a password to the redis target");
        assertThat(redis.values(prefix)).isEmpty();
    }

    @Test
    void failsAtOnceWithAWrongPasswordAndDoesNotRepeatIt() {
        assertThatThrownBy(() -> job(null, "wrong-canary").write(ROWS))
                .rootCause()
                .hasMessageContaining("refuses to be written: WRONGPASS")
                .hasMessageContaining("correct username and password")
                .hasMessageNotContaining("canary");
    }

    @Test
    void writesAsAUserWithNoMoreRightsThanItNames() throws Exception {
        allow(AclSetuserArgs.Builder.addCommand(CommandType.EVALSHA)
                .addCommand(CommandType.SCRIPT, CommandKeyword.LOAD)
                .addCommand(CommandType.GET)
                .addCommand(CommandType.SET)
                .addCommand(CommandType.DEL)
                .addCommand(CommandType.SCAN)
                .keyPattern(prefix + "*")
                .keyPattern("{" + prefix + "*"));

        job(user, PASSWORD).write(List.of(Rows.row(1, 1), Rows.row(1, 2)));
        job(user, PASSWORD).write(List.of(Rows.delete(2, 2)));
        assertThat(redis.values(prefix)).hasSize(1);

        job(user, PASSWORD).write(List.of(RowChange.sweep(Rows.TABLE, 2)));
        assertThat(redis.values(prefix)).isEmpty();
    }

    @Test
    void failsAtOnceWithoutTheRights() {
        allow(AclSetuserArgs.Builder.addCommand(CommandType.GET).allKeys());

        assertThatThrownBy(() -> job(user, PASSWORD).write(ROWS))
                .rootCause()
                .hasMessageContaining("refuses to be written: NOPERM")
                .hasMessageContaining("allow this user EVALSHA, SCRIPT LOAD, GET, SET and DEL");
    }
}
