package io.millrace.analytics.functions;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.analytics.event.PageView;
import io.millrace.common.failure.DeadLetter;
import io.millrace.common.source.kafka.OtherTopicException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.apache.flink.types.Either;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What SameTopics requires is required of the topics of the source, and the job says what is to be done. */
class SplitBrokenTest {

    private static final String VIEWS = "page-views";
    private static final String REDRIVE = "analytics.redrive";

    private final Map<String, String> broker = new HashMap<>(Map.of(VIEWS, "one"));
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
                .hasMessageContaining("without `--from` and with a `generation` higher by one")
                .hasMessageContaining("`source.kafka.start: timestamp`");
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

    private OneInputStreamOperatorTestHarness<Either<DeadLetter, PageView>, PageView> harness(
            @Nullable OperatorSubtaskState state) throws Exception {
        SourceTopic topic = new SourceTopic(VIEWS, REDRIVE, () -> Map.copyOf(broker), Duration.ZERO);
        var opened = new OneInputStreamOperatorTestHarness<>(new ProcessOperator<>(new SplitBroken<PageView>(topic)));
        if (state != null) {
            opened.initializeState(state);
        }
        opened.open();
        return opened;
    }
}
