package io.millrace.analytics;

import io.millrace.analytics.event.Action;
import io.millrace.analytics.event.UserAction;
import io.millrace.analytics.functions.DetectHighValue;
import io.millrace.analytics.functions.UserActionKeying;
import io.millrace.analytics.model.ActionBundles;
import io.millrace.analytics.model.ActivityOptions;
import io.millrace.analytics.model.ActivityTable;
import io.millrace.analytics.model.ActivityTallies;
import io.millrace.analytics.model.ActivityTally;
import io.millrace.analytics.model.UserActivity;
import io.millrace.analytics.model.UserActivityForm;
import io.millrace.analytics.model.UserActivitySerializer;
import io.millrace.analytics.window.Bundle;
import io.millrace.analytics.window.BundleEvents;
import io.millrace.analytics.window.LateEvents;
import io.millrace.analytics.window.SlicedWindow;
import io.millrace.analytics.window.Slicing;
import io.millrace.analytics.window.WindowShape;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowChangeTypeInfo;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** What each user did within an hour, every 5 minutes, and who is a high-value user. */
final class ActivityTopology {

    static final String BUNDLE_UID = "analytics.bundle-user-actions";
    static final String COUNT_UID = "analytics.count-activity";

    private static final WindowShape WINDOW = WindowShape.sliding(Duration.ofHours(1), Duration.ofMinutes(5));

    private final AnalyticsOptions options;
    private final Slicing slicing;

    private ActivityTopology(AnalyticsOptions options) {
        this.options = options;
        this.slicing = Slicing.of(List.of(WINDOW), options.lateness(), options.horizon())
                .tellingEnd();
    }

    /** Returns the activities, beside which is what came too late. */
    static SingleOutputStreamOperator<UserActivity> of(DataStream<UserAction> actions, AnalyticsOptions options) {
        ActivityTopology topology = new ActivityTopology(options);
        return topology.count(topology.bundle(actions));
    }

    /** Returns the keys of high-value users, beside which are those who have come into that state. */
    static SingleOutputStreamOperator<RowChange> detect(DataStream<UserActivity> activities, AnalyticsOptions options) {
        KeyedStream<UserActivity, String> byUser =
                DataStreamUtils.reinterpretAsKeyedStream(activities, UserActivity::userId, Types.STRING);
        return byUser.process(
                        new DetectHighValue(
                                options.activity(), new ActivityTable(options.generation()), WINDOW, topic(options)),
                        RowChangeTypeInfo.INSTANCE)
                .uid(DetectHighValue.UID)
                .name("detect high-value users");
    }

    private DataStream<Bundle<Action>> bundle(DataStream<UserAction> actions) {
        return actions.transform(
                        "bundle user actions", ActionBundles.TYPE, new BundleEvents<>(new UserActionKeying(), slicing))
                .uid(BUNDLE_UID);
    }

    private SingleOutputStreamOperator<UserActivity> count(DataStream<Bundle<Action>> actions) {
        LateEvents late =
                new LateEvents(options.lateEvents(), options.name(), ActivityTable.TABLE.name(), topic(options));
        return actions.keyBy(Bundle::key, Types.STRING)
                .process(
                        new SlicedWindow<Action, ActivityTally, UserActivity>(
                                slicing, tallies(), new UserActivityForm(), late, options.generation()),
                        UserActivitySerializer.TYPE)
                .uid(COUNT_UID)
                .name("count activity");
    }

    private ActivityTallies tallies() {
        ActivityOptions high = options.activity();
        return new ActivityTallies(high.purchasesAbove(), high.clicksAbove(), WINDOW.size() / slicing.slice());
    }

    private static String topic(AnalyticsOptions options) {
        return options.userActions().topics().get(0);
    }
}
