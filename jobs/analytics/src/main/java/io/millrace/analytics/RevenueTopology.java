package io.millrace.analytics;

import io.millrace.analytics.event.Sale;
import io.millrace.analytics.event.UserAction;
import io.millrace.analytics.functions.SaleKeying;
import io.millrace.analytics.model.RevenueTable;
import io.millrace.analytics.model.RevenueTallies;
import io.millrace.analytics.model.RevenueTally;
import io.millrace.analytics.model.SaleBundles;
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
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** What orders come to in a minute and in an hour, by currency and category. An hour is its minutes put together. */
final class RevenueTopology {

    static final String BUNDLE_UID = "analytics.bundle-sales";
    static final String COUNT_UID = "analytics.count-revenue";

    private static final String RESULT = "revenue";
    private static final List<WindowShape> WINDOWS =
            List.of(WindowShape.tumbling(Duration.ofMinutes(1)), WindowShape.tumbling(Duration.ofHours(1)));

    private final AnalyticsOptions options;
    private final Slicing slicing;

    private RevenueTopology(AnalyticsOptions options) {
        this.options = options;
        this.slicing = Slicing.of(WINDOWS, options.lateness(), options.horizon());
    }

    /** Returns the rows of both tables, beside which is what came too late. */
    static SingleOutputStreamOperator<RowChange> of(DataStream<UserAction> actions, AnalyticsOptions options) {
        RevenueTopology topology = new RevenueTopology(options);
        return topology.count(topology.bundle(actions));
    }

    private DataStream<Bundle<Sale>> bundle(DataStream<UserAction> actions) {
        return actions.transform("bundle sales", SaleBundles.TYPE, new BundleEvents<>(new SaleKeying(), slicing))
                .uid(BUNDLE_UID);
    }

    private SingleOutputStreamOperator<RowChange> count(DataStream<Bundle<Sale>> sales) {
        LateEvents late = new LateEvents(
                options.lateEvents(),
                options.name(),
                RESULT,
                options.userActions().topics().get(0));
        return sales.keyBy(Bundle::key, Types.STRING)
                .process(
                        new SlicedWindow<Sale, RevenueTally, RowChange>(
                                slicing,
                                new RevenueTallies(),
                                new RevenueTable(options.generation()),
                                late,
                                options.generation()),
                        RowChangeTypeInfo.INSTANCE)
                .uid(COUNT_UID)
                .name("count revenue");
    }
}
