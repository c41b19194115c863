package io.millrace.cdc.functions;

import io.millrace.common.event.ConsumedRecord;
import io.millrace.common.event.Redriven;
import io.millrace.common.event.RowChange;
import io.millrace.common.failure.DataException;
import io.millrace.common.failure.DeadLetter;
import io.millrace.common.metrics.MetricNames;
import io.millrace.common.replay.Generations;
import io.millrace.common.serde.debezium.ChangeVersions;
import io.millrace.common.serde.debezium.ChangeVersions.Partition;
import io.millrace.common.serde.debezium.DebeziumJson;
import io.millrace.common.serde.debezium.JsonLimits;
import io.millrace.common.serde.debezium.Parsed;
import io.millrace.common.serde.debezium.Parsed.Change;
import io.millrace.common.serde.debezium.Parsed.Reason;
import io.millrace.common.serde.debezium.Parsed.Skipped;
import io.millrace.common.serde.declared.DeclaredTables;
import io.millrace.common.sink.deadletter.Redrive;
import io.millrace.common.source.kafka.SameTopics;
import io.millrace.common.source.kafka.TopicIds;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Reads row changes from the records of Debezium topics; what cannot be read becomes a dead letter. Its state is the
 * highest version of each partition, one number each, and the id of each topic; a partition may go to another subtask
 * after a restart, so that each is given all of them.
 */
public final class ParseDebezium extends ProcessFunction<ConsumedRecord, RowChange> implements CheckpointedFunction {

    public static final String UID = "cdc.parse-debezium";

    public static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("dead-letters", TypeInformation.of(DeadLetter.class));

    private static final long serialVersionUID = 1L;

    private static final String STAGE = "parse";
    private static final String UNKNOWN_TABLE = "unknown";

    private final String pipeline;
    private final Generations generations;
    private final JsonLimits limits;
    private final Redrive redrive;
    private final DeclaredTables declared;
    private final TopicIds ids;
    private final Duration checkInterval;

    private transient SameTopics topics;
    private transient ChangeVersions versions;
    private transient DebeziumJson parser;
    private transient ListState<Tuple3<String, Integer, Long>> stored;
    private transient MetricGroup metrics;
    private transient Map<Reason, Counter> skipped;
    private transient Counter deadLettered;

    /** Makes one that takes messages without a schema as they are, and no dead letters. */
    public ParseDebezium(String pipeline, Generations generations, JsonLimits limits) {
        this(
                pipeline,
                generations,
                limits,
                DeclaredTables.NONE,
                Redrive.none(),
                TopicIds.unknown(),
                Duration.ofMinutes(1));
    }

    /**
     * Makes one.
     *
     * @param generations of records that carry no version
     * @param declared what is known of tables whose messages come without a schema
     * @param redrive how dead letters that are sent again become what they were
     * @param ids of the topics that the records are from, that of letters sent again among them
     * @param checkInterval the least time between two checkpoints before which they are asked for
     */
    @SuppressWarnings("NullAway.Init") // Flink calls initializeState before the first record
    public ParseDebezium(
            String pipeline,
            Generations generations,
            JsonLimits limits,
            DeclaredTables declared,
            Redrive redrive,
            TopicIds ids,
            Duration checkInterval) {
        this.ids = ids;
        this.checkInterval = checkInterval;
        this.pipeline = pipeline;
        this.generations = generations;
        this.limits = limits;
        this.declared = declared;
        this.redrive = redrive;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        versions = new ChangeVersions(generations);
        stored = context.getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>(
                        "highest-version-by-partition", Types.TUPLE(Types.STRING, Types.INT, Types.LONG)));
        for (Tuple3<String, Integer, Long> entry : stored.get()) {
            versions.restore(new Partition(entry.f0, entry.f1), entry.f2);
        }
        boolean isFirst = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0;
        topics = SameTopics.open(ids, new OtherTopicRemedy(redrive.topic()), isFirst, checkInterval, context);
        parser = new DebeziumJson(limits, versions, declared);
        metrics = getRuntimeContext().getMetricGroup().addGroup(MetricNames.ROOT);
        skipped = new EnumMap<>(Reason.class);
        deadLettered = metrics.addGroup(MetricNames.TABLE, UNKNOWN_TABLE)
                .addGroup(MetricNames.TARGET, STAGE)
                .counter(MetricNames.DEAD_LETTERED.name());
    }

    private Counter skippedFor(Reason reason) {
        return metrics.addGroup(MetricNames.REASON, reason.label()).counter(MetricNames.SKIPPED.name());
    }

    @Override
    public void processElement(ConsumedRecord consumed, Context context, Collector<RowChange> out) throws IOException {
        topics.meet(consumed.topic());
        ConsumedRecord record = consumed;
        try {
            record = redrive.restore(consumed);
            if (Redriven.is(record)) {
                redrive.refuseForgotten(record, context.timerService().currentProcessingTime());
            }
            Parsed parsed = parser.parse(record);
            if (parsed instanceof Change change) {
                out.collect(change.change());
            } else if (parsed instanceof Skipped pass) {
                skipped.computeIfAbsent(pass.reason(), this::skippedFor).inc();
            }
        } catch (DataException e) {
            deadLettered.inc();
            context.output(DEAD_LETTERS, deadLetter(record, e));
        }
    }

    private DeadLetter deadLetter(ConsumedRecord record, DataException error) {
        String name = error.getClass().getSimpleName();
        return DeadLetter.of(record, Redriven.version(record), pipeline, STAGE, name, error.getMessage());
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        List<Tuple3<String, Integer, Long>> entries = new ArrayList<>();
        versions.highest()
                .forEach(
                        (partition, version) -> entries.add(Tuple3.of(partition.topic(), partition.number(), version)));
        stored.update(entries);
        topics.save();
    }
}
