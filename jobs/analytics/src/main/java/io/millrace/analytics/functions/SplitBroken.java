package io.millrace.analytics.functions;

import io.millrace.analytics.parse.ParseEvents;
import io.millrace.common.failure.DeadLetter;
import io.millrace.common.failure.DeadLetterTypeInfo;
import io.millrace.common.metrics.MetricNames;
import io.millrace.common.source.kafka.SameTopics;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.types.Either;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Parts what the source could not read from the events. It stands behind the source, whose topics it requires to be those
 * that were read before; see {@link SameTopics}, which is its state.
 *
 * @param <E> the events
 */
public final class SplitBroken<E> extends ProcessFunction<Either<DeadLetter, E>, E> implements CheckpointedFunction {

    private static final long serialVersionUID = 1L;

    public static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("unread-dead-letters", DeadLetterTypeInfo.INSTANCE);

    private final SourceTopic topic;
    private transient SameTopics topics;
    private transient Counter events;
    private transient Counter broken;

    /** @param topic whose name is also the label of what is counted */
    @SuppressWarnings("NullAway.Init") // Flink calls initializeState before the first event
    public SplitBroken(SourceTopic topic) {
        this.topic = topic;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        boolean isFirst = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0;
        topics = SameTopics.open(
                topic.ids(), new OtherTopicRemedy(topic.redrive()), isFirst, topic.checkInterval(), context);
        MetricGroup group = getRuntimeContext()
                .getMetricGroup()
                .addGroup(MetricNames.ROOT)
                .addGroup(MetricNames.TABLE, topic.name());
        events = group.counter(MetricNames.RECORDS_IN.name());
        broken = group.addGroup(MetricNames.TARGET, ParseEvents.STAGE).counter(MetricNames.DEAD_LETTERED.name());
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        topics.save();
    }

    @Override
    public void processElement(Either<DeadLetter, E> read, Context context, Collector<E> out) {
        if (read.isLeft()) {
            broken.inc();
            context.output(DEAD_LETTERS, read.left());
        } else {
            events.inc();
            out.collect(read.right());
        }
    }
}
