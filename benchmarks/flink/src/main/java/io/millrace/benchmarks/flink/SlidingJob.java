package io.millrace.benchmarks.flink;

import java.time.Duration;
import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.assigners.SlidingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;

/** Users of high value by {@link SlidingEventTimeWindows}, counted as events come. */
final class SlidingJob {

    private SlidingJob() {}

    static void build(StreamExecutionEnvironment env, PeerSettings settings) {
        JsonSource.of(env, settings, Action.class, action -> action.timestamp)
                .keyBy(action -> action.userId)
                .window(SlidingEventTimeWindows.of(Duration.ofHours(1), Duration.ofMinutes(5)))
                .allowedLateness(Duration.ofMinutes(1))
                .aggregate(new Count(), new Name())
                .filter(Activity::isHighValue)
                .sinkTo(new RedisSink(settings.number("redis.port")));
    }

    private static final class Count implements AggregateFunction<Action, Activity, Activity> {

        private static final long serialVersionUID = 1L;

        @Override
        public Activity createAccumulator() {
            return new Activity();
        }

        @Override
        public Activity add(Action action, Activity count) {
            count.events++;
            switch (action.type) {
                case "page_view" -> count.pageViews++;
                case "click" -> count.clicks++;
                case "search" -> count.searches++;
                case "purchase" -> count.purchases++;
                default -> {}
            }
            return count;
        }

        @Override
        public Activity getResult(Activity count) {
            return count;
        }

        @Override
        public Activity merge(Activity one, Activity other) {
            one.events += other.events;
            one.pageViews += other.pageViews;
            one.clicks += other.clicks;
            one.searches += other.searches;
            one.purchases += other.purchases;
            return one;
        }
    }

    private static final class Name extends ProcessWindowFunction<Activity, Activity, String, TimeWindow> {

        private static final long serialVersionUID = 1L;

        @Override
        public void process(String user, Context context, Iterable<Activity> counts, Collector<Activity> out) {
            Activity count = counts.iterator().next();
            count.userId = user;
            count.start = context.window().getStart();
            count.end = context.window().getEnd();
            out.collect(count);
        }
    }
}
