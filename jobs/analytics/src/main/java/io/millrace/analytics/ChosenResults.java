package io.millrace.analytics;

import io.millrace.analytics.model.Result;
import java.util.Set;
import org.apache.flink.api.common.functions.FilterFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * Lets events through to the results that are wanted. Time goes on for the others too, and their operators stay, so that
 * a savepoint fits whatever is wanted later.
 */
record ChosenResults(Set<Result> wanted) {

    static final String UID = "analytics.leave-out-";

    /** Tells whether any result that is wanted is made of these events. */
    boolean read(Result.Input input) {
        return wanted.stream().anyMatch(result -> result.reads(input));
    }

    /** Returns the events of one stream that a result gets: all, or none. */
    <E> DataStream<E> of(SingleOutputStreamOperator<E> events, Result result) {
        return wanted.contains(result)
                ? events
                : events.filter(new Nothing<>())
                        .uid(UID + result.label() + "-"
                                + events.getTransformation().getUid())
                        .name("leave out " + result.label());
    }

    /** Lets nothing through. */
    private static final class Nothing<E> implements FilterFunction<E> {

        private static final long serialVersionUID = 1L;

        @Override
        public boolean filter(E event) {
            return false;
        }
    }
}
