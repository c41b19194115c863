package io.millrace.cdc;

import io.millrace.cdc.model.Changes;
import io.millrace.common.event.ConsumedRecord;
import io.millrace.common.replay.Generations;
import io.millrace.common.serde.debezium.JsonLimits;
import io.millrace.common.sink.kafka.KafkaConnection;
import io.millrace.common.source.kafka.KafkaRecordSource;
import io.millrace.common.source.kafka.TopicOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** What the topics of a capture held when it started: its sweep compares with them. */
public final class PublishedTopics {

    static final String UID = "cdc.read-published";

    private PublishedTopics() {}

    /**
     * Reads the topics to the end that they have when the job starts. What is no change of Debezium's there, because
     * somebody else wrote it, is a dead letter. One subtask reads: of several, those that end first would keep every
     * checkpoint from completing until the last has ended.
     *
     * @param topics those that do not exist yet hold nothing
     * @param largestRecord bytes of the largest record that the capture writes
     */
    public static Changes read(
            StreamExecutionEnvironment env,
            KafkaConnection kafka,
            List<String> topics,
            String pipeline,
            int generation,
            int largestRecord) {
        TopicOptions options = new TopicOptions(
                kafka.bootstrapServers(),
                List.of(),
                Optional.of(topics.stream().map(Pattern::quote).collect(Collectors.joining("|"))),
                pipeline + "-sweep",
                TopicOptions.Start.EARLIEST,
                Optional.empty(),
                Duration.ofMinutes(1),
                kafka.properties());
        SingleOutputStreamOperator<ConsumedRecord> held = env.fromSource(
                        KafkaRecordSource.bounded(options), WatermarkStrategy.noWatermarks(), "published topics")
                .uid(UID)
                .setParallelism(1);
        return CdcTopology.parse(
                held,
                pipeline,
                Generations.only(generation),
                new JsonLimits(largestRecord, JsonLimits.DEFAULT.deepest()));
    }
}
