package io.millrace.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.analytics.event.PageView;
import io.millrace.common.failure.DeadLetter;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.KafkaTopics;
import io.millrace.testing.WithServers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Either;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Half a minute, which is the default, of a topic of two partitions that one task reads. That the second test would fail
 * without {@code ListeningSource} shows its own test, by a clock that is moved by hand.
 */
@WithServers(Server.KAFKA)
class SilenceIT {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(1)
            .build());

    private static final Duration DEFAULT = Duration.ofSeconds(30);
    private static final Duration LONGER = Duration.ofSeconds(35);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");
    private static final int BACKLOG = 4_000;
    private static final int SILENT = 1;

    /** Before any watermark. */
    private static final long NO_TIME = Long.MAX_VALUE;

    private Addresses addresses;

    @BeforeEach
    void begin(Addresses servers) {
        addresses = servers;
    }

    @Test
    void aPartitionThatSaysNothingIsWaitedForByDefaultForHalfAMinute() throws Exception {
        KafkaTopics kafka = topic("silence-silent");
        long begin = System.nanoTime();
        try (CloseableIterator<Long> ahead = read("silence-silent", Duration.ZERO)) {
            List<Long> seen = new ArrayList<>();
            await("time goes on without it")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> {
                        kafka.write(List.of(view("silence-silent", 1 - SILENT, START.plusSeconds(seen.size()))));
                        seen.add(ahead.next());
                        return seen.get(seen.size() - 1) != NO_TIME;
                    });
        }

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(DEFAULT);
    }

    /** What it has to say waits in Kafka, while the task waits for a target that is away. */
    @Test
    void aPartitionThatCouldNotBeReadForLongerIsStillWaitedFor() throws Exception {
        KafkaTopics kafka = topic("silence-unread");
        for (int partition = 0; partition <= SILENT; partition++) {
            List<ProducerRecord<byte[], byte[]>> backlog = new ArrayList<>();
            for (int i = 0; i < BACKLOG; i++) {
                backlog.add(view("silence-unread", partition, START.plusMillis(50L * i)));
            }
            kafka.write(backlog);
        }
        try (CloseableIterator<Long> ahead = read("silence-unread", LONGER)) {
            long late = await("every view").atMost(PATIENCE).until(() -> late(ahead), views -> views >= 0);

            assertThat(late).isZero();
        }
    }

    /** Returns how many of all views come behind the watermark. */
    private static long late(CloseableIterator<Long> ahead) {
        long late = 0;
        for (int i = 0; i < 2 * BACKLOG; i++) {
            late += ahead.next() <= 0 ? 1 : 0;
        }
        return late;
    }

    private KafkaTopics topic(String name) {
        KafkaTopics kafka = new KafkaTopics(addresses.kafkaBootstrap());
        kafka.create(name, 2);
        return kafka;
    }

    private static ProducerRecord<byte[], byte[]> view(String topic, int partition, Instant time) {
        byte[] view = "{\"pageUrl\":\"/\",\"timestamp\":\"%s\"}".formatted(time).getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>(topic, partition, null, null, view);
    }

    /** Returns how far each view is ahead of the watermark, in milliseconds, or {@link #NO_TIME}. */
    private CloseableIterator<Long> read(String topic, Duration away) throws Exception {
        AnalyticsOptions options = Configurations.read(Configurations.WHOLE
                .replace("name: analytics", "name: " + topic)
                .replace("kafka: {bootstrap-servers: \"broker:9092\"}", """
                        kafka: {bootstrap-servers: "%s"}
                          page-views: %s""".formatted(
                                addresses.kafkaBootstrap(), topic)));
        assertThat(options.eventTime().idleness()).isEqualTo(DEFAULT);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(1);
        return new AnalyticsSources(env, options)
                .pageViews()
                .process(new TellAhead(away), Types.LONG)
                .executeAndCollect(topic);
    }

    /** Some views are waited for, the first one for long. */
    private static final class TellAhead extends ProcessFunction<Either<DeadLetter, PageView>, Long> {

        private static final long serialVersionUID = 1L;
        private static final long MOMENT_NANOS = 100_000;

        private final Duration away;
        private boolean wasAway;

        TellAhead(Duration away) {
            this.away = away;
        }

        @Override
        public void processElement(Either<DeadLetter, PageView> read, Context context, Collector<Long> out) {
            long end = System.nanoTime() + (wasAway ? MOMENT_NANOS : away.toNanos());
            wasAway = true;
            while (System.nanoTime() < end && !Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(end - System.nanoTime());
            }
            long watermark = context.timerService().currentWatermark();
            out.collect(watermark == Long.MIN_VALUE ? NO_TIME : context.timestamp() - watermark);
        }
    }
}
