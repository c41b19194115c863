package io.millrace.analytics.session;

import io.millrace.analytics.event.PageView;
import io.millrace.analytics.event.Stamped;
import io.millrace.analytics.event.UserAction;
import io.millrace.analytics.window.Bundle;
import io.millrace.analytics.window.BundleEvents;
import io.millrace.analytics.window.Keying;
import io.millrace.analytics.window.LateEvents;
import io.millrace.analytics.window.Slicing;
import io.millrace.analytics.window.WindowShape;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowChangeTypeInfo;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** Sessions, from the views and actions that name them. Their time is that of both topics. */
public final class SessionTopology {

    static final String BUNDLE_VIEWS_UID = "analytics.bundle-view-steps";
    static final String BUNDLE_ACTIONS_UID = "analytics.bundle-action-steps";
    static final String FIND_UID = "analytics.find-sessions";

    private final SessionOptions options;
    private final Slicing slicing;

    private SessionTopology(SessionOptions options) {
        this.options = options;
        Duration horizon = options.horizon().compareTo(options.lateness()) < 0 ? options.lateness() : options.horizon();
        this.slicing = Slicing.of(
                List.of(WindowShape.tumbling(Duration.ofMinutes(5))),
                options.lateness(),
                options.gap().plus(horizon));
    }

    /** Returns the rows, beside which is what came too late. */
    public static SingleOutputStreamOperator<RowChange> of(
            DataStream<PageView> views, DataStream<UserAction> actions, SessionOptions options) {
        SessionTopology topology = new SessionTopology(options);
        return topology.find(topology.bundle(views, new ViewSteps(), BUNDLE_VIEWS_UID)
                .union(topology.bundle(actions, new ActionSteps(), BUNDLE_ACTIONS_UID)));
    }

    private <X extends Stamped> DataStream<Bundle<Step>> bundle(
            DataStream<X> events, Keying<X, Step> keying, String uid) {
        return events.transform("bundle steps", StepBundles.TYPE, new BundleEvents<>(keying, slicing))
                .uid(uid);
    }

    private SingleOutputStreamOperator<RowChange> find(DataStream<Bundle<Step>> steps) {
        return steps.keyBy(Bundle::key, Types.STRING)
                .process(
                        new FindSessions(
                                slicing,
                                options,
                                new SessionsTable(options.generation()),
                                late(options.views()),
                                late(options.actions())),
                        RowChangeTypeInfo.INSTANCE)
                .uid(FIND_UID)
                .name("find sessions");
    }

    private LateEvents late(String topic) {
        return new LateEvents(options.lateEvents(), options.pipeline(), SessionsTable.TABLE.name(), topic);
    }
}
