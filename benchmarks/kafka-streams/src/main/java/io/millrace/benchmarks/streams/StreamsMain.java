package io.millrace.benchmarks.streams;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Properties;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.TimeWindows;

/**
 * Views and visitors of each page in 5 minutes by Kafka Streams: what changed is written at each commit, so that the
 * cache takes most of the load off its state. Windows wait a day for what is late: as the pages' partitions are filled
 * from several others, a window that closed early would lose views.
 */
public final class StreamsMain {

    private static final ObjectReader VIEWS = new ObjectMapper().readerFor(View.class);
    private static final long CACHE = 128L << 20;

    private StreamsMain() {}

    /** Says {@code ready}, waits for {@code go}, and counts until it is ended. */
    public static void main(String[] arguments) throws IOException {
        KafkaStreams streams = new KafkaStreams(topology(), settings());
        streams.setUncaughtExceptionHandler(error -> {
            error.printStackTrace();
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        System.out.println("ready");
        System.out.flush();
        while (System.in.read() != '\n') {
            Thread.onSpinWait();
        }
        streams.start();
        while (System.in.read() >= 0) {
            Thread.onSpinWait();
        }
    }

    private static Topology topology() {
        boolean counted = Boolean.getBoolean("bench.visitors");
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(
                        setting("bench.topic"),
                        Consumed.with(Serdes.ByteArray(), views())
                                .withTimestampExtractor(
                                        (record, before) -> Instant.parse(((View) record.value()).timestamp())
                                                .toEpochMilli()))
                .map((key, view) -> KeyValue.pair(view.pageUrl(), counted ? view.visitor() : ""))
                .groupByKey(Grouped.with(Serdes.String(), Serdes.String()))
                .windowedBy(TimeWindows.ofSizeAndGrace(Duration.ofMinutes(5), Duration.ofDays(1)))
                .aggregate(
                        Count::new,
                        (page, visitor, count) -> count.add(visitor, counted),
                        Materialized.with(Serdes.String(), Count.serde()))
                .toStream()
                .process(() -> new WriteRows(setting("bench.clickhouse")));
        return builder.build();
    }

    private static Serde<View> views() {
        Deserializer<View> in = (topic, bytes) -> {
            try {
                return VIEWS.readValue(bytes);
            } catch (IOException e) {
                throw new IllegalStateException("a view is no JSON", e);
            }
        };
        return Serdes.serdeFrom(
                (topic, view) -> {
                    throw new UnsupportedOperationException("views are only read");
                },
                in);
    }

    private static Properties settings() {
        Properties settings = new Properties();
        String run = "bench-" + ProcessHandle.current().pid() + "-" + System.currentTimeMillis();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, run);
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, setting("bench.kafka"));
        settings.put(StreamsConfig.STATE_DIR_CONFIG, setting("bench.folder") + "/kafka-streams");
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, Integer.parseInt(setting("bench.threads")));
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, Integer.parseInt(setting("bench.checkpoints")) * 1_000);
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE);
        settings.put("auto.offset.reset", "earliest");
        settings.put("isolation.level", "read_committed");
        settings.put("max.poll.records", 5_000);
        settings.put("acks", "all");
        settings.put("linger.ms", 20);
        settings.put("batch.size", 128 << 10);
        return settings;
    }

    private static String setting(String name) {
        return Objects.requireNonNull(System.getProperty(name), name);
    }
}
