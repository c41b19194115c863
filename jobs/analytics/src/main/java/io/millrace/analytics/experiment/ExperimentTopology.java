package io.millrace.analytics.experiment;

import io.millrace.analytics.event.UserAction;
import io.millrace.analytics.window.Bundle;
import io.millrace.analytics.window.BundleEvents;
import io.millrace.analytics.window.LateEvents;
import io.millrace.analytics.window.SlicedWindow;
import io.millrace.analytics.window.Slicing;
import io.millrace.analytics.window.WindowShape;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowChangeTypeInfo;
import io.millrace.common.replay.Fence;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** What experiments come to in an hour: what each user adds, by experiment, and how the variants stand. */
public final class ExperimentTopology {

    static final String BUNDLE_USERS_UID = "analytics.bundle-experiment-users";
    static final String ASSIGN_UID = "analytics.assign-variants";
    static final String BUNDLE_UID = "analytics.bundle-experiments";
    static final String COUNT_UID = "analytics.count-experiments";

    private final ExperimentOptions options;
    private final Slicing slicing;
    private final Fence history;

    private ExperimentTopology(ExperimentOptions options, Fence history) {
        this.options = options;
        this.history = history;
        this.slicing = slicing(options.lateness(), options.horizon());
    }

    static Slicing slicing(Duration lateness, Duration horizon) {
        return Slicing.of(List.of(WindowShape.tumbling(Duration.ofHours(1))), lateness, horizon);
    }

    /**
     * What is found.
     *
     * @param rows of the table
     * @param alerts the fence not regarded
     * @param assigned beside which is what came too late
     */
    public record Found(
            DataStream<RowChange> rows, DataStream<MismatchAlert> alerts, SingleOutputStreamOperator<?> assigned) {}

    /**
     * Adds the operators.
     *
     * @param history behind it nobody was told of anything
     */
    public static Found of(DataStream<UserAction> actions, ExperimentOptions options, Fence history) {
        ExperimentTopology topology = new ExperimentTopology(options, history);
        SingleOutputStreamOperator<ExperimentNews> assigned = topology.assign(topology.bundle(actions));
        SingleOutputStreamOperator<RowChange> rows = topology.judge(topology.count(assigned));
        return new Found(rows, rows.getSideOutput(JudgeExperiments.ALERTS), assigned);
    }

    private DataStream<Bundle<UserStep>> bundle(DataStream<UserAction> actions) {
        return actions.transform(
                        "bundle users of experiments",
                        UserStepBundles.TYPE,
                        new BundleEvents<>(new UserStepKeying(), slicing))
                .uid(BUNDLE_USERS_UID);
    }

    private SingleOutputStreamOperator<ExperimentNews> assign(DataStream<Bundle<UserStep>> steps) {
        return steps.keyBy(Bundle::key, Types.STRING)
                .process(new AssignVariants(slicing, options.remembered(), late()), ExperimentNewsSerializer.TYPE)
                .uid(ASSIGN_UID)
                .name("assign variants");
    }

    private SingleOutputStreamOperator<ExperimentResult> count(DataStream<ExperimentNews> news) {
        return news.transform(
                        "bundle experiments",
                        ExperimentHitBundles.TYPE,
                        new BundleEvents<>(new ExperimentKeying(), slicing))
                .uid(BUNDLE_UID)
                .keyBy(Bundle::key, Types.STRING)
                .process(
                        new SlicedWindow<ExperimentHit, ExperimentTally, ExperimentResult>(
                                slicing,
                                new ExperimentTallies(),
                                (window, tally) -> tally.result(window),
                                late(),
                                options.generation()),
                        ExperimentResultSerializer.TYPE)
                .uid(COUNT_UID)
                .name("count experiments");
    }

    private SingleOutputStreamOperator<RowChange> judge(DataStream<ExperimentResult> results) {
        KeyedStream<ExperimentResult, String> byExperiment =
                DataStreamUtils.reinterpretAsKeyedStream(results, ExperimentResult::experiment, Types.STRING);
        return byExperiment
                .process(
                        new JudgeExperiments(
                                new ExperimentsTable(options.generation(), options.split(), options.controls()),
                                options.split(),
                                options.mismatch(),
                                options.remembered(),
                                options.topic(),
                                history),
                        RowChangeTypeInfo.INSTANCE)
                .uid(JudgeExperiments.UID)
                .name("judge experiments");
    }

    private LateEvents late() {
        return new LateEvents(options.lateEvents(), options.pipeline(), ExperimentsTable.TABLE.name(), options.topic());
    }
}
