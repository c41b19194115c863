package io.millrace.cdc.functions;

import io.millrace.cdc.model.LeftOut;
import io.millrace.cdc.model.Place;
import io.millrace.cdc.model.Target;
import io.millrace.common.event.Redriven;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowChangeTypeInfo;
import io.millrace.common.metrics.MetricNames;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Sends each row change to the targets of its table, and counts what came in. State: the tables that were met and where
 * they went, so that a job that goes on refuses a place which it would fill in part.
 */
public final class RouteChanges extends ProcessFunction<RowChange, Void> implements CheckpointedFunction {

    public static final String UID = "cdc.route";

    private static final long serialVersionUID = 1L;

    private static final Map<Target, OutputTag<RowChange>> OUTPUTS = EnumSet.allOf(Target.class).stream()
            .collect(Collectors.toMap(
                    target -> target, target -> new OutputTag<>("to-" + target.label(), RowChangeTypeInfo.INSTANCE)));

    private final Map<String, Set<Target>> targets;
    private final Map<String, Set<Place>> places;
    private final LeftOut leftOut;
    private transient Map<String, Map<Target, LeaveOut>> cuts;
    private transient @Nullable KnownPlaces known;
    private transient Map<String, Counter> recordsIn;
    private transient Counter withoutRoute;
    private transient Counter notAgain;
    private transient MetricGroup metrics;
    private volatile long lag;

    /**
     * Sends by table.
     *
     * @param targets by schema and name of a table
     * @param places where its rows are found
     * @param leftOut columns that a target does not get
     */
    @SuppressWarnings("NullAway.Init") // Flink calls open before the first record
    public RouteChanges(Map<String, Set<Target>> targets, Map<String, Set<Place>> places, LeftOut leftOut) {
        this.targets = new HashMap<>(targets);
        this.places = new HashMap<>(places);
        this.leftOut = leftOut;
    }

    /** The stream of changes that go to a target. */
    public static OutputTag<RowChange> to(Target target) {
        return Objects.requireNonNull(OUTPUTS.get(target));
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        known = KnownPlaces.open(places, context);
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        if (known != null) {
            known.save(getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0);
        }
    }

    @Override
    public void open(OpenContext context) {
        metrics = getRuntimeContext().getMetricGroup().addGroup(MetricNames.ROOT);
        recordsIn = new HashMap<>();
        notAgain = metrics.addGroup(MetricNames.REASON, "redriven").counter(MetricNames.SKIPPED.name());
        withoutRoute = metrics.addGroup(MetricNames.REASON, "no-route").counter(MetricNames.SKIPPED.name());
        metrics.gauge(MetricNames.SOURCE_LAG.name(), () -> lag);
        cuts = new HashMap<>();
        for (String table : targets.keySet()) {
            Map<Target, LeaveOut> ofTable = new EnumMap<>(Target.class);
            leftOut.of(table).forEach((target, columns) -> ofTable.put(target, new LeaveOut(columns)));
            cuts.put(table, ofTable);
        }
    }

    @Override
    public void processElement(RowChange change, Context context, Collector<Void> out) {
        Set<Target> chosen = targets.get(change.table());
        if (chosen == null) {
            pass(change.table());
            return;
        }
        if (change.isSweep()) {
            sweep(change, chosen, context);
            return;
        }
        recordsIn.computeIfAbsent(change.table(), this::counterOf).inc();
        if (Redriven.is(change.origin())) {
            again(change, chosen, context);
            return;
        }
        long committed = change.source().commitTime();
        if (committed > 0 && !change.source().snapshot()) {
            lag = Math.max(0, context.timerService().currentProcessingTime() - committed);
        }
        for (Target target : chosen) {
            send(change, target, context);
        }
    }

    private void send(RowChange change, Target target, Context context) {
        LeaveOut cut = cuts.getOrDefault(change.table(), Map.of()).get(target);
        context.output(to(target), cut == null ? change : cut.from(change));
    }

    /** One of a table is for the targets that find its rows; a topic is told of each row. */
    private static void sweep(RowChange sweep, Set<Target> chosen, Context context) {
        if (sweep.key().length > 0) {
            context.output(to(Target.KAFKA), sweep);
            return;
        }
        for (Target target : chosen) {
            if (target.sweeps()) {
                context.output(to(target), sweep);
            }
        }
    }

    /** A topic compares no versions: an old change at its end would be the newest for its readers. */
    private void again(RowChange redriven, Set<Target> chosen, Context context) {
        if (chosen.equals(Set.of(Target.KAFKA))) {
            notAgain.inc();
        }
        for (Target target : chosen) {
            if (target != Target.KAFKA) {
                send(redriven, target, context);
            }
        }
    }

    private void pass(String table) {
        withoutRoute.inc();
        if (known != null) {
            known.passed(table);
        }
    }

    private Counter counterOf(String table) {
        return metrics.addGroup(MetricNames.TABLE, table).counter(MetricNames.RECORDS_IN.name());
    }
}
