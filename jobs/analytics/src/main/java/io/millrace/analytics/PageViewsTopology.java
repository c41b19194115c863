package io.millrace.analytics;

import io.millrace.analytics.event.PageView;
import io.millrace.analytics.event.Visit;
import io.millrace.analytics.functions.PageViewKeying;
import io.millrace.analytics.model.PageTally;
import io.millrace.analytics.model.PageViewsTable;
import io.millrace.analytics.model.VisitBundles;
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

/** Views and visitors of each page in 5 minutes. */
final class PageViewsTopology {

    static final String BUNDLE_UID = "analytics.bundle-page-views";
    static final String COUNT_UID = "analytics.count-page-views";

    private static final List<WindowShape> WINDOWS = List.of(WindowShape.tumbling(Duration.ofMinutes(5)));

    private final AnalyticsOptions options;
    private final Slicing slicing;

    private PageViewsTopology(AnalyticsOptions options) {
        this.options = options;
        this.slicing = Slicing.of(WINDOWS, options.lateness(), options.horizon());
    }

    /** Returns the rows, beside which is what came too late. */
    static SingleOutputStreamOperator<RowChange> of(DataStream<PageView> views, AnalyticsOptions options) {
        PageViewsTopology topology = new PageViewsTopology(options);
        return topology.count(topology.bundle(views));
    }

    private DataStream<Bundle<Visit>> bundle(DataStream<PageView> views) {
        return views.transform(
                        "bundle page views", VisitBundles.TYPE, new BundleEvents<>(new PageViewKeying(), slicing))
                .uid(BUNDLE_UID);
    }

    private SingleOutputStreamOperator<RowChange> count(DataStream<Bundle<Visit>> visits) {
        LateEvents late = new LateEvents(
                options.lateEvents(),
                options.name(),
                PageViewsTable.TABLE.name(),
                options.pageViews().topics().get(0));
        return visits.keyBy(Bundle::key, Types.STRING)
                .process(
                        new SlicedWindow<Visit, PageTally, RowChange>(
                                slicing,
                                options.pageTallies(),
                                new PageViewsTable(options.generation()),
                                late,
                                options.generation()),
                        RowChangeTypeInfo.INSTANCE)
                .uid(COUNT_UID)
                .name("count page views");
    }
}
