package io.millrace.common.sink.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.millrace.common.event.RowChange;
import io.millrace.common.metrics.JobCounters;
import io.millrace.common.sink.redis.RedisConfig.Connection;
import io.millrace.local.LocalServers;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A cluster, whose nodes each hold a part of the keys: a value and its version are on the same one. */
@WithServers(Server.REDIS)
class RedisClusterIT {

    @RegisterExtension
    static final MiniClusterExtension FLINK = new JobCounters().cluster(2);

    @TempDir
    static Path folder;

    private static RedisNodes nodes;

    @TempDir
    Path letters;

    @BeforeAll
    static void start(LocalServers servers) throws Exception {
        nodes = RedisNodes.start(servers, folder, 3);
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    @Test
    void writesDeletesAndRefusesWhatIsOlderOnEachNode() throws Exception {
        RedisJob job = job(RedisRoute.write(Rows.TABLE, "written:{id}"));
        List<RowChange> rows = new ArrayList<>();
        List<RowChange> later = new ArrayList<>();
        for (int id = 0; id < 300; id++) {
            rows.add(Rows.row(10, id));
            later.add(id % 3 == 0 ? Rows.delete(11, id) : Rows.row(id % 3 == 1 ? 9 : 12, id));
        }
        job.write(rows);
        job.write(later);

        Map<String, String> expected = new TreeMap<>();
        for (int id = 0; id < 300; id++) {
            if (id % 3 != 0) {
                expected.put("written:" + id, Rows.document(id % 3 == 1 ? 10 : 12, id));
            }
        }
        assertThat(found("written:*")).isEqualTo(expected);
        assertThat(job.letters.read()).isEmpty();
        for (int node = 0; node < nodes.count(); node++) {
            assertThat(nodes.ask(node).keys("written:*"))
                    .as("keys of node " + node)
                    .hasSizeGreaterThan(10);
        }
    }

    @Test
    void sweepsEveryNode() throws Exception {
        RedisJob job = job(RedisRoute.write(Rows.TABLE, "swept:{id}"));
        List<RowChange> rows = new ArrayList<>();
        for (int id = 0; id < 300; id++) {
            rows.add(Rows.row(id < 290 ? 5 : 50, id));
        }
        job.write(rows);
        job.write(List.of(RowChange.sweep(Rows.TABLE, 20)));

        assertThat(found("swept:*")).hasSize(10);
    }

    /** A cluster passes on to every node what is published to one. */
    @Test
    void publishesToWhoListensAtAnyNode() throws Exception {
        List<String> received = new CopyOnWriteArrayList<>();
        RedisClient last = RedisClient.create(nodes.uri(nodes.count() - 1));
        try (var subscriber = last.connectPubSub();
                Publisher publisher = Publisher.to(connection())) {
            subscriber.addListener(new RedisPubSubAdapter<>() {
                @Override
                public void message(String channel, String message) {
                    received.add(channel + "=" + message);
                }
            });
            subscriber.sync().subscribe("a", "b");
            Publisher.Published published = publisher
                    .publish(List.of(message("a", "1"), message("b", "2"), message("c", "3"), message("a", "4")))
                    .get(180, TimeUnit.SECONDS);

            assertThat(published).isEqualTo(new Publisher.Published(4, null));
            await().atMost(Duration.ofSeconds(60)).until(() -> received.size() >= 3);
            assertThat(received).containsExactlyInAnyOrder("a=1", "b=2", "a=4");
        } finally {
            last.shutdown();
        }
    }

    private static Publisher.Message message(String channel, String body) {
        return new Publisher.Message(channel.getBytes(UTF_8), body.getBytes(UTF_8));
    }

    private static Connection connection() {
        return new Connection(nodes.uri(), null, null, null, Duration.ofSeconds(5), true);
    }

    private RedisJob job(RedisRoute route) {
        Connection connection = connection();
        return new RedisJob(RedisJob.config(connection, RedisJob.BATCHING, RedisJob.BACKOFF, route), letters);
    }

    /** Each node tells its own keys only. */
    private static Map<String, String> found(String pattern) {
        Map<String, String> found = new TreeMap<>();
        for (int node = 0; node < nodes.count(); node++) {
            RedisCommands<String, String> own = nodes.ask(node);
            own.keys(pattern).forEach(key -> found.put(key, own.get(key)));
        }
        return found;
    }
}
