package io.millrace.common.sink.redis;

import io.millrace.common.event.RowChange;
import io.millrace.common.failure.CollectedLetters;
import io.millrace.common.failure.FailurePolicy;
import io.millrace.common.sink.redis.RedisConfig.Backoff;
import io.millrace.common.sink.redis.RedisConfig.Batching;
import io.millrace.common.sink.redis.RedisConfig.Connection;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;

/** A writer with nothing real around it. */
final class WriterBench {

    final ManualTask task = new ManualTask();
    final ScriptedWrites redis = new ScriptedWrites(task::now);
    final CollectedLetters letters = new CollectedLetters();
    Batching batching = new Batching(3, 10_000, 2, 100, Duration.ofMillis(20));
    FailurePolicy policy = FailurePolicy.DEAD_LETTER;
    Duration patience = Duration.ofSeconds(60);
    RedisRoute route = RedisRoute.write(Rows.TABLE, "u:{id}");

    RedisWriter open(ManualTask within, List<BufferedRequestState<RedisEntry>> restored) throws IOException {
        RedisConfig config = new RedisConfig(
                Connection.to("redis://127.0.0.1:1"),
                batching,
                new Backoff(Duration.ofMillis(100), Duration.ofMillis(400), patience),
                RedisConfig.DEFAULT_VERSION_RETENTION,
                1_000,
                policy,
                List.of(route));
        return RedisWriter.open(
                config,
                new RowChangeConverter(config),
                () -> letters,
                "cdc-sync",
                connection -> redis,
                within,
                restored);
    }

    RedisWriter writing(RowChange... changes) throws Exception {
        RedisWriter writer = open(task, List.of());
        for (RowChange change : changes) {
            writer.write(change, null);
        }
        return writer;
    }

    void writeAll(RowChange... changes) throws Exception {
        writing(changes).flush(true);
    }

    long counted(String name) {
        return task.metrics.counted("millrace.table=public.users.target=redis." + name);
    }

    long retried() {
        return task.metrics.counted("millrace.target=redis.retried");
    }
}
