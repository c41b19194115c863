package io.millrace.analytics;

import io.millrace.analytics.event.PageView;
import io.millrace.analytics.event.PageViewSerializer;
import io.millrace.analytics.event.Visit;
import io.millrace.analytics.functions.PageViewKeying;
import io.millrace.analytics.functions.SplitBroken;
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
import io.millrace.common.failure.DeadLetter;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.types.Either;

/** From events to results. */
public final class AnalyticsTopology {

    static final String SPLIT_PAGE_VIEWS_UID = "analytics.split-page-views";
    static final String BUNDLE_PAGE_VIEWS_UID = "analytics.bundle-page-views";
    static final String COUNT_PAGE_VIEWS_UID = "analytics.count-page-views";

    private static final Duration PAGE_WINDOW = Duration.ofMinutes(5);

    private final AnalyticsOptions options;

    private AnalyticsTopology(AnalyticsOptions options) {
        this.options = options;
    }

    /** Adds every operator between the sources and the sinks. */
    public static AnalyticsOutputs of(DataStream<Either<DeadLetter, PageView>> pageViews, AnalyticsOptions options) {
        AnalyticsTopology topology = new AnalyticsTopology(options);
        SingleOutputStreamOperator<PageView> views = topology.split(pageViews);
        SingleOutputStreamOperator<RowChange> pages = topology.count(topology.bundle(views));
        return new AnalyticsOutputs(
                pages, pages.getSideOutput(SlicedWindow.LATE), views.getSideOutput(SplitBroken.DEAD_LETTERS));
    }

    private SingleOutputStreamOperator<PageView> split(DataStream<Either<DeadLetter, PageView>> read) {
        return read.process(new SplitBroken<>(topic()), PageViewSerializer.TYPE)
                .uid(SPLIT_PAGE_VIEWS_UID)
                .name("split page views");
    }

    private DataStream<Bundle<Visit>> bundle(DataStream<PageView> views) {
        return views.transform(
                        "bundle page views", VisitBundles.TYPE, new BundleEvents<>(new PageViewKeying(), pageSlicing()))
                .uid(BUNDLE_PAGE_VIEWS_UID);
    }

    private SingleOutputStreamOperator<RowChange> count(DataStream<Bundle<Visit>> visits) {
        return visits.keyBy(Bundle::key, Types.STRING)
                .process(
                        new SlicedWindow<Visit, PageTally, RowChange>(
                                pageSlicing(),
                                options.pageTallies(),
                                new PageViewsTable(options.generation()),
                                late(PageViewsTable.TABLE.name(), topic())),
                        RowChangeTypeInfo.INSTANCE)
                .uid(COUNT_PAGE_VIEWS_UID)
                .name("count page views");
    }

    private Slicing pageSlicing() {
        return Slicing.of(List.of(WindowShape.tumbling(PAGE_WINDOW)), options.lateness(), options.horizon());
    }

    private LateEvents late(String result, String source) {
        return new LateEvents(options.lateEvents(), options.name(), result, source);
    }

    private String topic() {
        return options.pageViews().topics().get(0);
    }
}
