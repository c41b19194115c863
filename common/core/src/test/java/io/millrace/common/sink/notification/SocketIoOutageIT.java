package io.millrace.common.sink.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.millrace.common.effect.FencedStream;
import io.millrace.common.metrics.JobCounters;
import io.millrace.common.replay.Fence;
import io.millrace.common.sink.batch.Tap;
import io.millrace.common.sink.redis.RedisConfig.Backoff;
import io.millrace.common.sink.redis.RedisConfig.Connection;
import io.millrace.local.LocalProcess;
import io.millrace.local.LocalServers;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Redis stands still under a running job, and a receiver stays connected. */
@WithServers(Server.REDIS)
class SocketIoOutageIT {

    private static final int TOLD = 200;
    private static final Duration DEADLINE = Duration.ofMinutes(3);
    private static final JobCounters COUNTERS = new JobCounters();

    @RegisterExtension
    static final MiniClusterExtension FLINK = COUNTERS.cluster(1);

    private final Tap tap = Tap.perSecond(40);
    private final String key = "outage-" + UUID.randomUUID();
    private final List<String> received = new CopyOnWriteArrayList<>();

    @Test
    void everythingIsTold(LocalServers servers) throws Exception {
        LocalProcess server = servers.process("redis");
        RedisClient client = RedisClient.create(servers.addresses().redisUri());
        try (var subscriber = client.connectPubSub()) {
            subscriber.addListener(new RedisPubSubAdapter<>() {
                @Override
                public void message(String channel, String message) {
                    received.add(message.replaceAll("(?s).*no-(\\d+)-.*", "$1"));
                }
            });
            subscriber.sync().subscribe(key + "#/#user:1#");
            JobClient job = start(servers.addresses().redisUri());
            await("some").atMost(DEADLINE).until(() -> !received.isEmpty());

            server.freeze();
            tap.open();
            await("retries").atMost(DEADLINE).until(() -> COUNTERS.counted(job.getJobID(), "retried") > 0);
            server.thaw();
            job.getJobExecutionResult().get(DEADLINE.toSeconds(), TimeUnit.SECONDS);

            List<String> all =
                    IntStream.range(0, TOLD).mapToObj(Integer::toString).toList();
            await("all of them").atMost(DEADLINE).until(() -> received.containsAll(all));
            assertThat(received.stream().distinct()).containsExactlyElementsOf(all);
        } finally {
            server.thaw();
            client.shutdown();
        }
    }

    private JobClient start(String uri) throws Exception {
        SocketIoConfig config = new SocketIoConfig(
                new Connection(uri, null, null, null, Duration.ofMillis(300), false), Backoff.defaults(), key);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        DataGeneratorSource<Notification> source = new DataGeneratorSource<>(
                number -> Told.of("user:1", "{\"id\":\"no-" + number + "-\"}"),
                TOLD,
                tap,
                NotificationTypeInfo.INSTANCE);
        FencedStream.of(
                        env.fromSource(source, WatermarkStrategy.noWatermarks(), "told"),
                        Optional.of(Fence.NONE),
                        Fence.NONE,
                        "fence")
                .sinkTo(NotificationSinks.socketIo(config));
        return env.executeAsync("outage");
    }
}
