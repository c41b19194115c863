package io.millrace.cdc;

import io.millrace.cdc.functions.AddTables;
import io.millrace.cdc.functions.ParseDebezium;
import io.millrace.cdc.functions.TruncatedTopics;
import io.millrace.cdc.model.Changes;
import io.millrace.cdc.model.SourceOptions;
import io.millrace.cdc.model.Target;
import io.millrace.cdc.settings.KafkaTargetSettings;
import io.millrace.common.event.RowChange;
import io.millrace.common.job.JobEnvironment;
import io.millrace.common.sink.deadletter.Redrive;
import io.millrace.common.source.kafka.KafkaRecordSource;
import io.millrace.common.source.kafka.TopicIds;
import io.millrace.common.source.postgres.CaptureStart;
import io.millrace.common.source.postgres.PostgresChanges;
import io.millrace.common.source.postgres.PostgresChangesConfig;
import io.millrace.common.source.postgres.SourceBlock;
import io.millrace.common.source.postgres.added.AddedTables;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The real systems that row changes are read from. */
final class CdcSources {

    static final String TOPICS_UID = "cdc.read-topics";
    static final String POSTGRES_UID = "cdc.read-postgres";
    static final String ADDED_UID = "cdc.read-added-tables";

    private CdcSources() {}

    /**
     * Returns the source that is configured, and that {@link CdcPreflight} has made ready.
     *
     * @param start where a capture begins
     */
    static ChangeSource of(CdcOptions options, CaptureStart start) {
        if (options.source() instanceof SourceOptions.Topics topics) {
            return env -> topics(env, topics, options);
        }
        SourceOptions.Postgres postgres = (SourceOptions.Postgres) options.source();
        return env -> captured(env, postgres.config(), options, start);
    }

    /**
     * No subtask ends before the others; told so, Flink lets the state of the source's chain, which every subtask
     * restores as a whole, be stopped with a savepoint while some subtasks wait for their output.
     */
    private static Changes topics(StreamExecutionEnvironment env, SourceOptions.Topics source, CdcOptions options) {
        env.configure(new Configuration().set(CheckpointingOptions.ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH, false));
        Redrive redrive = options.redrive();
        env.getConfig().setGlobalJobParameters(Configuration.fromMap(redrive.parameters()));
        return CdcTopology.parse(
                env.fromSource(
                                KafkaRecordSource.unbounded(source.topics(), redrive.topic()),
                                WatermarkStrategy.noWatermarks(),
                                "Kafka topics")
                        .uid(TOPICS_UID),
                new ParseDebezium(
                        options.name(),
                        source.generations(),
                        source.limits(),
                        source.types().read(),
                        redrive,
                        TopicIds.of(source.topics(), redrive.topic()),
                        source.topics().discoveryInterval()));
    }

    private static Changes captured(
            StreamExecutionEnvironment env, PostgresChangesConfig config, CdcOptions options, CaptureStart start) {
        DataStream<RowChange> captured = env.fromSource(
                        PostgresChanges.of(config, start), WatermarkStrategy.noWatermarks(), "Postgres")
                .uid(POSTGRES_UID);
        CaptureTopology topology = new CaptureTopology(
                config, options.name(), options.generation(), start, !JobEnvironment.isRestored(env));
        Changes changes = topology.of(
                captured, added(env, config, start), options.kafka().map(kafka -> published(env, kafka, options)));
        Changes swept = topology.sweepTruncated(
                changes,
                options.kafka().map(kafka -> truncated(config, kafka, options)),
                options.routes().swept());
        return topology.announceSweep(swept, options.routes().swept());
    }

    private static DataStream<RowChange> added(
            StreamExecutionEnvironment env, PostgresChangesConfig config, CaptureStart start) {
        return env.fromSource(new AddedTables(config, start), AddTables.holdingNobodyUp(), "added tables")
                .uid(ADDED_UID);
    }

    private static TruncatedTopics truncated(
            PostgresChangesConfig config, KafkaTargetSettings kafka, CdcOptions options) {
        return new TruncatedTopics(
                kafka.config().kafka(),
                kafka.topicPrefix(),
                options.generation(),
                SourceBlock.of(config),
                options.routes().tablesTo(Target.KAFKA));
    }

    private static Changes published(StreamExecutionEnvironment env, KafkaTargetSettings kafka, CdcOptions options) {
        return PublishedTopics.read(
                env,
                kafka.config().kafka(),
                CdcPreflight.topics(kafka, options),
                options.name(),
                options.generation(),
                kafka.config().maxRecordBytes());
    }
}
