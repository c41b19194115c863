package io.millrace.testing;

import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** A job with keyed state that counts for ever, to be submitted to a real cluster. */
public final class EndlessJob {

    private EndlessJob() {}

    /** Submits it; the only argument is the parallelism. */
    public static void main(String[] arguments) throws Exception {
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
        environment.setParallelism(Integer.parseInt(arguments[0]));
        environment.enableCheckpointing(500);
        environment
                .fromSequence(0, Long.MAX_VALUE)
                .uid("numbers")
                .map(new Pace())
                .keyBy(number -> number % 10)
                .map(new Count())
                .uid("count")
                .sinkTo(new DiscardingSink<>())
                .uid("nowhere");
        environment.execute("endless");
    }

    /** Lets a hundred elements a second pass. */
    public static final class Pace implements MapFunction<Long, Long> {

        private static final long serialVersionUID = 1;

        @Override
        public Long map(Long number) throws InterruptedException {
            Thread.sleep(10);
            return number;
        }
    }

    /** Counts the elements of each key. */
    public static final class Count extends RichMapFunction<Long, Long> {

        private static final long serialVersionUID = 1;

        private transient ValueState<Long> count;

        @Override
        public void open(Configuration configuration) {
            count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Long.class));
        }

        @Override
        public Long map(Long number) throws Exception {
            Long before = count.value();
            long after = before == null ? 1 : before + 1;
            count.update(after);
            return after;
        }
    }
}
