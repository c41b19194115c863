package io.millrace.cdc;

import io.millrace.cdc.model.Changes;
import io.millrace.cdc.model.SourceOptions;
import io.millrace.cdc.model.Target;
import io.millrace.common.sink.deadletter.KafkaDeadLetterQueue;
import io.millrace.common.sink.elasticsearch.ElasticsearchTarget;
import io.millrace.common.sink.elasticsearch.UnguardedElasticsearch;
import io.millrace.common.sink.redis.UnguardedRedis;
import io.millrace.common.source.kafka.KafkaRecordSource;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The job from topics to Elasticsearch and Redis as it is, but for what compares versions in the targets. */
public final class UnguardedSync {

    private UnguardedSync() {}

    /** Runs it in this process, to the end that the topics have now. */
    public static void run(List<String> arguments) throws Exception {
        CdcOptions options = CdcOptions.parse(arguments.toArray(String[]::new));
        SourceOptions.Topics source = (SourceOptions.Topics) options.source();
        ElasticsearchTarget.prepare(options.elasticsearch().orElseThrow());
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(
                2, new Configuration().set(PipelineOptions.AUTO_GENERATE_UIDS, true));
        Changes changes = CdcTopology.parse(
                env.fromSource(
                        KafkaRecordSource.bounded(source.topics()), WatermarkStrategy.noWatermarks(), "Kafka topics"),
                options.name(),
                source.generations(),
                source.limits());
        write(
                CdcTopology.of(changes, options.name(), options.routes(), options.databases(), Optional.empty()),
                options);
        env.execute("unguarded");
    }

    private static void write(CdcOutputs outputs, CdcOptions options) {
        KafkaDeadLetterQueue refused = new KafkaDeadLetterQueue(options.deadLetters());
        outputs.changes()
                .get(Target.ELASTICSEARCH)
                .sinkTo(UnguardedElasticsearch.sink(options.elasticsearch().orElseThrow(), options.name(), refused));
        outputs.changes()
                .get(Target.REDIS)
                .sinkTo(UnguardedRedis.sink(options.redis().orElseThrow(), refused, options.name()));
    }
}
