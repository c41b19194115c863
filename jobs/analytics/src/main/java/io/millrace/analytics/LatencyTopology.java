package io.millrace.analytics;

import io.millrace.analytics.event.Request;
import io.millrace.analytics.event.RequestSample;
import io.millrace.analytics.functions.RequestKeying;
import io.millrace.analytics.model.LatencyTable;
import io.millrace.analytics.model.LatencyTallies;
import io.millrace.analytics.model.LatencyTally;
import io.millrace.analytics.model.RequestBundles;
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

/** How long services take to answer, and how often they fail, in a minute by route. */
final class LatencyTopology {

    static final String BUNDLE_UID = "analytics.bundle-requests";
    static final String COUNT_UID = "analytics.count-latency";

    private static final List<WindowShape> WINDOWS = List.of(WindowShape.tumbling(Duration.ofMinutes(1)));

    private final AnalyticsOptions options;
    private final Slicing slicing;

    private LatencyTopology(AnalyticsOptions options) {
        this.options = options;
        this.slicing = Slicing.of(WINDOWS, options.lateness(), options.horizon());
    }

    /** Returns the rows, beside which is what came too late. */
    static SingleOutputStreamOperator<RowChange> of(DataStream<RequestSample> samples, AnalyticsOptions options) {
        LatencyTopology topology = new LatencyTopology(options);
        return topology.count(topology.bundle(samples));
    }

    private DataStream<Bundle<Request>> bundle(DataStream<RequestSample> samples) {
        return samples.transform(
                        "bundle requests",
                        RequestBundles.TYPE,
                        new BundleEvents<>(new RequestKeying(options.errorsFrom()), slicing))
                .uid(BUNDLE_UID);
    }

    private SingleOutputStreamOperator<RowChange> count(DataStream<Bundle<Request>> requests) {
        LateEvents late = new LateEvents(
                options.lateEvents(),
                options.name(),
                LatencyTable.TABLE.name(),
                options.requests().topics().get(0));
        return requests.keyBy(Bundle::key, Types.STRING)
                .process(
                        new SlicedWindow<Request, LatencyTally, RowChange>(
                                slicing,
                                new LatencyTallies(),
                                new LatencyTable(options.generation()),
                                late,
                                options.generation()),
                        RowChangeTypeInfo.INSTANCE)
                .uid(COUNT_UID)
                .name("count latency");
    }
}
