package io.millrace.analytics.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.analytics.event.PageView;
import io.millrace.common.failure.DeadLetter;
import io.millrace.common.source.kafka.OtherTopicException;
import io.millrace.common.source.kafka.TopicIds;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.throwable.ThrowableClassifier;
import org.apache.flink.runtime.throwable.ThrowableType;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.apache.flink.types.Either;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A job reads no topic on that was made anew under the name of one that it has read. */
class SplitBrokenTest {

    private static final String VIEWS = "page-views";
    private static final String REDRIVE = "analytics.redrive";

    private final Map<String, String> broker = new HashMap<>(Map.of(VIEWS, "one"));
    private boolean down;
    private OneInputStreamOperatorTestHarness<Either<DeadLetter, PageView>, PageView> harness;

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
        broker.put(VIEWS, "two");

        assertThatThrownBy(() -> harness(saved))
                .isInstanceOf(OtherTopicException.class)
                .hasMessageContaining("the topic page-views was deleted and made anew")
                .hasMessageContaining("its id is two, and was one")
                .hasMessageContaining("without `--from` and with a `generation` higher by one")
                .hasMessageContaining("`source.kafka.start: timestamp`")
                .satisfies(error -> assertThat(ThrowableClassifier.getThrowableType(error))
                        .isEqualTo(ThrowableType.NonRecoverableError));
    }

    @Test
    void refusesItBeforeACheckpoint() throws Exception {
        harness.snapshot(1, 1);
        broker.put(VIEWS, "two");

        assertThatThrownBy(() -> harness.snapshot(2, 2)).hasRootCauseInstanceOf(OtherTopicException.class);
    }

    @Test
    void refusesAnotherTopicOfLettersThatAreSentAgain() throws Exception {
        broker.put(REDRIVE, "three");
        OperatorSubtaskState saved = harness.snapshot(1, 1);
        broker.put(REDRIVE, "four");

        assertThatThrownBy(() -> harness(saved))
                .isInstanceOf(OtherTopicException.class)
                .hasMessageContaining("the topic analytics.redrive was deleted and made anew")
                .hasMessageContaining("millrace dlq redrive")
                .hasMessageNotContaining("source.kafka.start");
    }

    /** While no result wants it, it is not read; wanted again, the job would go on where it was. */
    @Test
    void stillKnowsATopicThatWasNotReadForAWhile() throws Exception {
        OperatorSubtaskState saved = harness.snapshot(1, 1);
        broker.put(VIEWS, "two");
        OperatorSubtaskState later;
        try (var unread = harness(saved, TopicIds.unknown())) {
            later = unread.snapshot(2, 2);
        }

        assertThatThrownBy(() -> harness(later)).isInstanceOf(OtherTopicException.class);
    }

    /** It had no state in earlier versions. */
    @Test
    void takesTheTopicsOfNowWhereASavepointKnowsNone() throws Exception {
        OperatorSubtaskState later;
        try (var restored = harness(OperatorSubtaskState.builder().build())) {
            later = restored.snapshot(1, 1);
        }
        broker.put(VIEWS, "two");

        assertThatThrownBy(() -> harness(later)).isInstanceOf(OtherTopicException.class);
    }

    /**
     * See the golden states of windows. To write this one alone, run this method with {@code -Dmillrace.golden=write}, and
     * no other.
     */
    @Test
    void topicsOfAReleasedVersionAreKnown() throws Exception {
        String file = Path.of("src", "test", "resources", "golden", "analytics.split-page-views.state")
                .toString();
        if ("write".equals(System.getProperty("millrace.golden"))) {
            OperatorSnapshotUtil.writeStateHandle(harness.snapshot(1, 1), file);
        }
        OperatorSubtaskState golden = OperatorSnapshotUtil.readStateHandle(file);
        assertThatCode(() -> harness(golden).close()).doesNotThrowAnyException();
        broker.put(VIEWS, "two");

        assertThatThrownBy(() -> harness(golden))
                .isInstanceOf(OtherTopicException.class)
                .hasMessageContaining("its id is two, and was one");
    }

    @Test
    void failsAStartAndNoCheckpointIfNobodyAnswers() throws Exception {
        down = true;

        assertThatCode(() -> harness.snapshot(1, 1)).doesNotThrowAnyException();
        assertThatThrownBy(() -> harness(null)).isInstanceOf(IOException.class);
    }

    private OneInputStreamOperatorTestHarness<Either<DeadLetter, PageView>, PageView> harness(
            @Nullable OperatorSubtaskState state) throws Exception {
        return harness(state, this::ids);
    }

    private static OneInputStreamOperatorTestHarness<Either<DeadLetter, PageView>, PageView> harness(
            @Nullable OperatorSubtaskState state, TopicIds ids) throws Exception {
        SplitBroken<PageView> split = new SplitBroken<>(new SourceTopic(VIEWS, REDRIVE, ids, Duration.ZERO));
        var opened = new OneInputStreamOperatorTestHarness<>(new ProcessOperator<>(split));
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
}
