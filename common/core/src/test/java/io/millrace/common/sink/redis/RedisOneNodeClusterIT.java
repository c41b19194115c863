package io.millrace.common.sink.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.event.RowChange;
import io.millrace.common.metrics.JobCounters;
import io.millrace.common.sink.redis.RedisConfig.Connection;
import io.millrace.local.LocalServers;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A cluster whose only node has all keys, and is told of as if it were none: it refuses calls across slots. */
@WithServers(Server.REDIS)
class RedisOneNodeClusterIT {

    @RegisterExtension
    static final MiniClusterExtension FLINK = new JobCounters().cluster(2);

    private static final int ROWS = 300;

    @TempDir
    Path folder;

    @TempDir
    Path letters;

    @Test
    void writesManyKeysWhateverTheirSlots(LocalServers servers) throws Exception {
        try (RedisNodes nodes = RedisNodes.start(servers, folder, 1)) {
            Connection connection = new Connection(nodes.uri(), null, null, null, Duration.ofSeconds(5), false);
            RedisRoute route = RedisRoute.write(Rows.TABLE, "written:{id}");
            RedisJob job =
                    new RedisJob(RedisJob.config(connection, RedisJob.BATCHING, RedisJob.BACKOFF, route), letters);
            List<RowChange> rows =
                    IntStream.range(0, ROWS).mapToObj(id -> Rows.row(10, id)).toList();

            job.write(rows);

            assertThat(nodes.ask(0).keys("written:*")).hasSize(ROWS);
            assertThat(nodes.ask(0).get("written:7")).isEqualTo(Rows.document(10, 7));
            assertThat(job.letters.read()).isEmpty();
        }
    }
}
