package io.millrace.analytics.search;

import io.millrace.analytics.event.UserAction;
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

/** What was searched for in 5 minutes: searches with the clicks that follow, by term, and the terms against each other. */
public final class SearchTopology {

    static final String BUNDLE_UID = "analytics.bundle-searches";
    static final String FOLLOW_UID = "analytics.follow-searches";
    static final String CLICK_ONCE_UID = "analytics.click-once";
    static final String BUNDLE_TERMS_UID = "analytics.bundle-search-terms";
    static final String COUNT_UID = "analytics.count-search-terms";
    static final String TOP_UID = "analytics.top-search-terms";

    private static final WindowShape WINDOW = WindowShape.tumbling(Duration.ofMinutes(5));

    private final SearchOptions options;
    private final Slicing slicing;

    private SearchTopology(SearchOptions options) {
        this.options = options;
        Duration horizon = options.horizon().compareTo(options.open()) < 0 ? options.open() : options.horizon();
        this.slicing = Slicing.of(List.of(WINDOW), options.open(), horizon);
    }

    /**
     * What is found.
     *
     * @param rows of the terms that are shown
     * @param followed beside which are searches and clicks that came too late
     */
    public record Found(DataStream<RowChange> rows, SingleOutputStreamOperator<?> followed) {}

    /** Adds the operators. */
    public static Found of(DataStream<UserAction> actions, SearchOptions options) {
        SearchTopology topology = new SearchTopology(options);
        SingleOutputStreamOperator<TermHit> followed = topology.follow(topology.bundle(actions));
        DataStream<TermHit> clicked = topology.clickOnce(followed.getSideOutput(FollowSearches.CLICKED));
        return new Found(topology.top(topology.count(followed.union(clicked))), followed);
    }

    private DataStream<RowChange> top(DataStream<TermResult> results) {
        return results.keyBy(TermResult::start, Types.LONG)
                .process(
                        new TopTerms(
                                options.most(),
                                WINDOW.size(),
                                options.open().toMillis(),
                                new SearchTermsTable(options.generation())),
                        RowChangeTypeInfo.INSTANCE)
                .uid(TOP_UID)
                .name("top search terms");
    }

    private DataStream<Bundle<Interaction>> bundle(DataStream<UserAction> actions) {
        return actions.transform(
                        "bundle searches",
                        InteractionBundles.TYPE,
                        new BundleEvents<>(new InteractionKeying(), slicing))
                .uid(BUNDLE_UID);
    }

    private SingleOutputStreamOperator<TermHit> follow(DataStream<Bundle<Interaction>> interactions) {
        return interactions
                .keyBy(Bundle::key, Types.STRING)
                .process(new FollowSearches(options.within(), kept(), slicing, late()), TermHitSerializer.TYPE)
                .uid(FOLLOW_UID)
                .name("follow searches");
    }

    private DataStream<TermHit> clickOnce(DataStream<TermHit> clicked) {
        return clicked.keyBy(ClickOnce::search, Types.STRING)
                .process(new ClickOnce(kept()), TermHitSerializer.TYPE)
                .uid(CLICK_ONCE_UID)
                .name("click once");
    }

    private Duration kept() {
        return options.open().plusMillis(WINDOW.size());
    }

    private LateEvents late() {
        return new LateEvents(options.lateEvents(), options.pipeline(), SearchTermsTable.TABLE.name(), options.topic());
    }

    private SingleOutputStreamOperator<TermResult> count(DataStream<TermHit> hits) {
        return hits.transform("bundle search terms", HitBundles.TYPE, new BundleEvents<>(new TermKeying(), slicing))
                .uid(BUNDLE_TERMS_UID)
                .keyBy(Bundle::key, Types.STRING)
                .process(
                        new SlicedWindow<Hit, TermTally, TermResult>(
                                slicing,
                                new TermTallies(),
                                (window, tally) -> tally.result(window.key(), window.start()),
                                late(),
                                options.generation()),
                        TermResultSerializer.TYPE)
                .uid(COUNT_UID)
                .name("count search terms");
    }
}
