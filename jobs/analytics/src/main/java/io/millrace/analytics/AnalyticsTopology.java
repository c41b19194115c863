package io.millrace.analytics;

import io.millrace.analytics.event.PageView;
import io.millrace.analytics.event.PageViewSerializer;
import io.millrace.analytics.event.RequestSample;
import io.millrace.analytics.event.RequestSampleSerializer;
import io.millrace.analytics.event.UserAction;
import io.millrace.analytics.event.UserActionSerializer;
import io.millrace.analytics.experiment.ExperimentTopology;
import io.millrace.analytics.functions.DetectHighValue;
import io.millrace.analytics.functions.SourceTopic;
import io.millrace.analytics.functions.SplitBroken;
import io.millrace.analytics.functions.TabulateLateEvents;
import io.millrace.analytics.live.Addition;
import io.millrace.analytics.live.LiveTopology;
import io.millrace.analytics.model.LateEventsTable;
import io.millrace.analytics.model.Result;
import io.millrace.analytics.model.UserActivity;
import io.millrace.analytics.search.SearchTopology;
import io.millrace.analytics.session.SessionTopology;
import io.millrace.analytics.window.SlicedWindow;
import io.millrace.common.event.ProducedRecord;
import io.millrace.common.event.ProducedRecordTypeInfo;
import io.millrace.common.event.RowChange;
import io.millrace.common.failure.DeadLetter;
import io.millrace.common.replay.Fence;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.types.Either;

/** From events to results. */
public final class AnalyticsTopology {

    static final String SPLIT_REQUESTS_UID = "analytics.split-requests";
    static final String SPLIT_PAGE_VIEWS_UID = "analytics.split-page-views";
    static final String SPLIT_USER_ACTIONS_UID = "analytics.split-user-actions";

    private AnalyticsTopology() {}

    /**
     * Adds every operator between the sources and the sinks.
     *
     * @param topics that the events are read from
     * @param atStart behind it nothing is told by a job that begins now, unless the options say otherwise
     */
    static AnalyticsOutputs of(
            DataStream<Either<DeadLetter, PageView>> pageViews,
            DataStream<Either<DeadLetter, UserAction>> userActions,
            DataStream<Either<DeadLetter, RequestSample>> requests,
            SourceTopics topics,
            AnalyticsOptions options,
            Fence atStart) {
        SingleOutputStreamOperator<PageView> views =
                split(pageViews, topics.pageViews(), PageViewSerializer.TYPE, SPLIT_PAGE_VIEWS_UID);
        SingleOutputStreamOperator<UserAction> actions =
                split(userActions, topics.userActions(), UserActionSerializer.TYPE, SPLIT_USER_ACTIONS_UID);
        SingleOutputStreamOperator<RequestSample> samples =
                split(requests, topics.requests(), RequestSampleSerializer.TYPE, SPLIT_REQUESTS_UID);
        ChosenResults chosen = new ChosenResults(options.results());
        SingleOutputStreamOperator<RowChange> pages =
                PageViewsTopology.of(chosen.of(views, Result.PAGE_VIEWS), options);
        SingleOutputStreamOperator<UserActivity> activities =
                ActivityTopology.of(chosen.of(actions, Result.ACTIVITY), options);
        SingleOutputStreamOperator<RowChange> users = ActivityTopology.detect(activities, options);
        SingleOutputStreamOperator<RowChange> revenue = RevenueTopology.of(chosen.of(actions, Result.REVENUE), options);
        SingleOutputStreamOperator<RowChange> latency =
                LatencyTopology.of(chosen.of(samples, Result.REQUEST_LATENCY), options);
        SingleOutputStreamOperator<Addition> newViews = LiveTopology.ofViews(
                chosen.of(views, Result.LIVE),
                options.live(),
                options.pageViews().topics().get(0));
        SingleOutputStreamOperator<Addition> newActions = LiveTopology.ofActions(
                chosen.of(actions, Result.LIVE),
                options.live(),
                options.userActions().topics().get(0));
        SearchTopology.Found searches = SearchTopology.of(chosen.of(actions, Result.SEARCH_TERMS), options.search());
        SingleOutputStreamOperator<RowChange> sessions = SessionTopology.of(
                chosen.of(views, Result.SESSIONS), chosen.of(actions, Result.SESSIONS), options.sessions());
        ExperimentTopology.Found experiments = ExperimentTopology.of(
                chosen.of(actions, Result.EXPERIMENTS),
                options.experiments(),
                // behind a fence that was given, a live job has told
                options.fence().isPresent() ? Fence.NONE : atStart);
        SingleOutputStreamOperator<ProducedRecord> late = late(
                options.generation(),
                pages,
                activities,
                revenue,
                latency,
                newViews,
                newActions,
                searches.followed(),
                sessions,
                experiments.assigned());
        return new AnalyticsOutputs(
                pages.union(
                        revenue,
                        latency,
                        searches.rows(),
                        sessions,
                        experiments.rows(),
                        late.getSideOutput(TabulateLateEvents.ROWS)),
                users,
                LiveTopology.show(newViews, newActions, options.live()),
                users.getSideOutput(DetectHighValue.DETECTED),
                experiments.alerts(),
                late,
                views.getSideOutput(SplitBroken.DEAD_LETTERS)
                        .union(
                                actions.getSideOutput(SplitBroken.DEAD_LETTERS),
                                samples.getSideOutput(SplitBroken.DEAD_LETTERS)));
    }

    private static SingleOutputStreamOperator<ProducedRecord> late(
            int generation, SingleOutputStreamOperator<?> first, SingleOutputStreamOperator<?>... others) {
        DataStream<ProducedRecord> late = first.getSideOutput(SlicedWindow.LATE);
        for (SingleOutputStreamOperator<?> other : others) {
            late = late.union(other.getSideOutput(SlicedWindow.LATE));
        }
        return late.process(new TabulateLateEvents(new LateEventsTable(generation)), ProducedRecordTypeInfo.INSTANCE)
                .uid(TabulateLateEvents.UID)
                .name("tabulate late events");
    }

    private static <E> SingleOutputStreamOperator<E> split(
            DataStream<Either<DeadLetter, E>> read, SourceTopic topic, TypeInformation<E> type, String uid) {
        return read.process(new SplitBroken<>(topic), type).uid(uid).name("split " + topic.name());
    }
}
