package io.millrace.common.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.runtime.throwable.ThrowableClassifier;
import org.apache.flink.runtime.throwable.ThrowableType;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A job reads no topic on that was made anew under the name of one that it has read. */
class SameTopicsTest {

    private static final String USERS = "dbserver1.public.users";
    private static final String CARTS = "dbserver1.public.carts";

    private final Map<String, String> broker = new HashMap<>(Map.of(USERS, "one"));
    private boolean down;
    private OneInputStreamOperatorTestHarness<String, Void> harness;

    @BeforeEach
    void open() throws Exception {
        harness = harness(null);
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    @Test
    void refusesAnotherTopicAfterASavepointAndSaysWhatToDo() throws Exception {
        OperatorSubtaskState saved = harness.snapshot(1, 1);
        assertThatCode(() -> harness(saved).close()).doesNotThrowAnyException();
        broker.put(USERS, "two");

        assertThatThrownBy(() -> harness(saved))
                .isInstanceOf(OtherTopicException.class)
                .hasMessageContaining("the topic " + USERS + " was deleted and made anew")
                .hasMessageContaining("its id is two, and was one")
                .hasMessageEndingWith("Empty " + USERS + ".")
                .satisfies(error -> assertThat(ThrowableClassifier.getThrowableType(error))
                        .isEqualTo(ThrowableType.NonRecoverableError));
    }

    @Test
    void refusesItBeforeACheckpoint() throws Exception {
        harness.snapshot(1, 1);
        broker.put(USERS, "two");

        assertThatThrownBy(() -> harness.snapshot(2, 2)).hasRootCauseInstanceOf(OtherTopicException.class);
    }

    @Test
    void refusesOneThatAnotherSubtaskMetLaterOn() throws Exception {
        OperatorSubtaskState saved;
        try (var second = harness(null, this::ids, 1)) {
            broker.put(CARTS, "three");
            second.processElement(CARTS, 0);
            saved = second.snapshot(1, 1);
        }
        broker.put(CARTS, "four");

        assertThatThrownBy(() -> harness(saved))
                .isInstanceOf(OtherTopicException.class)
                .hasMessageContaining(CARTS);
    }

    /** It may come back by another's hand, and then it is another one. */
    @Test
    void stillKnowsATopicWhileItIsGone() throws Exception {
        broker.remove(USERS);
        OperatorSubtaskState saved = harness.snapshot(1, 1);
        OperatorSubtaskState later;
        try (var restored = harness(saved)) {
            later = restored.snapshot(2, 2);
        }
        broker.put(USERS, "two");

        assertThatThrownBy(() -> harness(later)).isInstanceOf(OtherTopicException.class);
    }

    /** While no result wants it, it is not read; wanted again, the job would go on where it was. */
    @Test
    void stillKnowsATopicThatWasNotReadForAWhile() throws Exception {
        OperatorSubtaskState saved = harness.snapshot(1, 1);
        broker.put(USERS, "two");
        OperatorSubtaskState later;
        try (var unread = harness(saved, TopicIds.unknown(), 0)) {
            later = unread.snapshot(2, 2);
        }

        assertThatThrownBy(() -> harness(later)).isInstanceOf(OtherTopicException.class);
    }

    /** Jobs had no such state in earlier versions. */
    @Test
    void takesTheTopicsOfNowWhereASavepointKnowsNone() throws Exception {
        OperatorSubtaskState later;
        try (var restored = harness(OperatorSubtaskState.builder().build())) {
            later = restored.snapshot(1, 1);
        }
        broker.put(USERS, "two");

        assertThatThrownBy(() -> harness(later)).isInstanceOf(OtherTopicException.class);
    }

    @Test
    void failsAStartAndNoCheckpointIfNobodyAnswers() throws Exception {
        down = true;

        assertThatCode(() -> harness.snapshot(1, 1)).doesNotThrowAnyException();
        assertThatThrownBy(() -> harness(null)).isInstanceOf(IOException.class);
    }

    private OneInputStreamOperatorTestHarness<String, Void> harness(@Nullable OperatorSubtaskState state)
            throws Exception {
        return harness(state, this::ids, 0);
    }

    private static OneInputStreamOperatorTestHarness<String, Void> harness(
            @Nullable OperatorSubtaskState state, TopicIds ids, int subtask) throws Exception {
        var opened = new OneInputStreamOperatorTestHarness<>(new ProcessOperator<>(new MeetTopics(ids)), 2, 2, subtask);
        if (state != null) {
            opened.initializeState(state);
        }
        opened.open();
        return opened;
    }

    private Map<String, String> ids() throws IOException {
        if (down) {
            throw new IOException("down");
        }
        return Map.copyOf(broker);
    }

    /** Meets the topics that it is told the names of. */
    private static final class MeetTopics extends ProcessFunction<String, Void> implements CheckpointedFunction {

        private static final long serialVersionUID = 1L;

        private final TopicIds ids;
        private transient SameTopics topics;

        MeetTopics(TopicIds ids) {
            this.ids = ids;
        }

        @Override
        public void initializeState(FunctionInitializationContext context) throws Exception {
            boolean isFirst = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0;
            topics = SameTopics.open(ids, topic -> "Empty " + topic + ".", isFirst, Duration.ZERO, context);
        }

        @Override
        public void processElement(String topic, Context context, Collector<Void> out) throws IOException {
            topics.meet(topic);
        }

        @Override
        public void snapshotState(FunctionSnapshotContext context) throws Exception {
            topics.save();
        }
    }
}
