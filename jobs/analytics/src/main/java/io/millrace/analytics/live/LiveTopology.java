package io.millrace.analytics.live;

import io.millrace.analytics.event.Amount;
import io.millrace.analytics.event.PageView;
import io.millrace.analytics.event.Stamped;
import io.millrace.analytics.event.UserAction;
import io.millrace.analytics.model.AmountBundles;
import io.millrace.analytics.model.AmountTally;
import io.millrace.analytics.window.Bundle;
import io.millrace.analytics.window.BundleEvents;
import io.millrace.analytics.window.CountOnce;
import io.millrace.analytics.window.Keying;
import io.millrace.analytics.window.LateEvents;
import io.millrace.analytics.window.Slicing;
import io.millrace.analytics.window.WindowShape;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowChangeTypeInfo;
import io.millrace.common.sink.redis.RedisRoute;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * Counters of this minute, hour and day, every second. Each event is looked at once where its shard is, and only sums go on
 * to where the counter is. Views and actions have a time of their own, as their topics have.
 */
public final class LiveTopology {

    static final String BUNDLE_VIEWS_UID = "analytics.bundle-live-views";
    static final String COUNT_VIEWS_UID = "analytics.count-live-views";
    static final String SHOW_VIEWS_UID = "analytics.show-live-views";
    static final String BUNDLE_ACTIONS_UID = "analytics.bundle-live-actions";
    static final String COUNT_ACTIONS_UID = "analytics.count-live-actions";
    static final String SHOW_ACTIONS_UID = "analytics.show-live-actions";

    private static final String RESULT = "live_counters";

    private final Slicing slicing;
    private final LateEvents late;

    private LiveTopology(LiveOptions options, String topic) {
        this.slicing =
                Slicing.of(List.of(WindowShape.tumbling(Duration.ofMinutes(1))), options.horizon(), options.horizon());
        this.late = new LateEvents(options.lateEvents(), options.pipeline(), RESULT, topic);
    }

    /** Returns where the counters go. */
    public static List<RedisRoute> routes() {
        return LiveTable.routes();
    }

    /** Returns what is new of the views, beside which is what came too late. */
    public static SingleOutputStreamOperator<Addition> ofViews(
            DataStream<PageView> views, LiveOptions options, String topic) {
        LiveTopology topology = new LiveTopology(options, topic);
        return topology.count(topology.bundle(views, new ViewCounters(), BUNDLE_VIEWS_UID), COUNT_VIEWS_UID);
    }

    /** Returns what is new of the actions, beside which is what came too late. */
    public static SingleOutputStreamOperator<Addition> ofActions(
            DataStream<UserAction> actions, LiveOptions options, String topic) {
        LiveTopology topology = new LiveTopology(options, topic);
        return topology.count(topology.bundle(actions, new ActionCounters(), BUNDLE_ACTIONS_UID), COUNT_ACTIONS_UID);
    }

    /** Returns the counters, second by second. */
    public static DataStream<RowChange> show(
            DataStream<Addition> views, DataStream<Addition> actions, LiveOptions options) {
        return show(views, options, SHOW_VIEWS_UID).union(show(actions, options, SHOW_ACTIONS_UID));
    }

    private <X extends Stamped> DataStream<Bundle<Amount>> bundle(
            DataStream<X> events, Keying<X, Amount> keying, String uid) {
        return events.transform("bundle counters", AmountBundles.TYPE, new BundleEvents<>(keying, slicing))
                .uid(uid);
    }

    private SingleOutputStreamOperator<Addition> count(DataStream<Bundle<Amount>> amounts, String uid) {
        return amounts.keyBy(Bundle::key, Types.STRING)
                .process(
                        new CountOnce<Amount, AmountTally, Addition>(slicing, AmountTally::new, Addition::of, late),
                        AdditionSerializer.TYPE)
                .uid(uid)
                .name("count once");
    }

    private static DataStream<RowChange> show(DataStream<Addition> additions, LiveOptions options, String uid) {
        LiveTable table = new LiveTable(options.generation(), options.zone());
        return additions
                .keyBy(Addition::counter, Types.STRING)
                .process(new ShowCounters(table, options.eventTime().disorder()), RowChangeTypeInfo.INSTANCE)
                .uid(uid)
                .name("show counters");
    }
}
