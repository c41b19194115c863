package io.millrace.benchmarks.flink;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.AbstractDeserializationSchema;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/** Reads POJOs from a topic with Jackson, 5 s out of order. */
final class JsonSource {

    private static final Duration DISORDER = Duration.ofSeconds(5);
    private static final Duration IDLE = Duration.ofSeconds(30);

    private JsonSource() {}

    /** Makes a text out of an element; part of the job. */
    interface Text<T> extends Function<T, String>, Serializable {}

    static <T> DataStream<T> of(
            StreamExecutionEnvironment env, PeerSettings settings, Class<T> type, Text<T> timestamp) {
        KafkaSource<T> source = KafkaSource.<T>builder()
                .setBootstrapServers(settings.get("kafka"))
                .setTopics(settings.get("topic"))
                .setGroupId("bench-" + settings.get("job"))
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setProperty("isolation.level", "read_committed")
                // as ours: by Kafka's defaults, who has read one partition to its end gets little of the others
                .setProperty("max.poll.records", "5000")
                .setProperty("fetch.max.wait.ms", "100")
                .setValueOnlyDeserializer(new Schema<>(type))
                .build();
        WatermarkStrategy<T> time = WatermarkStrategy.<T>forBoundedOutOfOrderness(DISORDER)
                .withTimestampAssigner(
                        (event, before) -> Instant.parse(timestamp.apply(event)).toEpochMilli())
                .withIdleness(IDLE);
        return env.fromSource(source, time, "source");
    }

    private static final class Schema<T> extends AbstractDeserializationSchema<T> {

        private static final long serialVersionUID = 1L;

        private final Class<T> type;
        private transient @Nullable ObjectReader reader;

        Schema(Class<T> type) {
            super(type);
            this.type = type;
        }

        @Override
        public T deserialize(byte[] message) throws IOException {
            if (reader == null) {
                reader = new ObjectMapper().readerFor(type);
            }
            return reader.readValue(message);
        }
    }
}
