package io.millrace.cdc.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.event.ConsumedRecord;
import io.millrace.common.event.RowChange;
import io.millrace.common.replay.Generations;
import io.millrace.common.serde.debezium.JsonLimits;
import io.millrace.common.serde.declared.DeclaredTables;
import io.millrace.common.sink.deadletter.Redrive;
import io.millrace.common.source.kafka.OtherTopicException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.throwable.ThrowableClassifier;
import org.apache.flink.runtime.throwable.ThrowableType;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A job reads no topic on that was made anew under the name of one that it has read. */
class SameTopicsTest {

    private static final String USERS = "dbserver1.public.users";
    private static final String CARTS = "dbserver1.public.carts";
    private static final Redrive REDRIVE = Redrive.of("cdc-sync", Optional.empty());

    private final Map<String, String> broker = new HashMap<>(Map.of(USERS, "one"));
    private boolean down;
    private OneInputStreamOperatorTestHarness<ConsumedRecord, RowChange> harness;

    @BeforeEach
    void open() throws Exception {
        harness = harness(null, 0);
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    @Test
    void isRefusedAfterASavepointAndSaysWhatToDo() throws Exception {
        OperatorSubtaskState saved = harness.snapshot(1, 1);
        assertThatCode(() -> harness(saved, 0).close()).doesNotThrowAnyException();
        broker.put(USERS, "two");

        assertThatThrownBy(() -> harness(saved, 0))
                .isInstanceOf(OtherTopicException.class)
                .hasMessageContaining("the topic " + USERS + " was deleted and made anew")
                .hasMessageContaining("its id is two, and was one")
                .hasMessageContaining("without `--from`")
                .satisfies(error -> assertThat(ThrowableClassifier.getThrowableType(error))
                        .isEqualTo(ThrowableType.NonRecoverableError));
    }

    @Test
    void isRefusedBeforeACheckpoint() throws Exception {
        harness.snapshot(1, 1);
        broker.put(USERS, "two");

        assertThatThrownBy(() -> harness.snapshot(2, 2)).hasRootCauseInstanceOf(OtherTopicException.class);
    }

    @Test
    void isRefusedIfItWasMetLaterOn() throws Exception {
        OperatorSubtaskState saved;
        try (var second = harness(null, 1)) {
            broker.put(CARTS, "three");
            second.processElement(record(CARTS), 0);
            saved = second.snapshot(1, 1);
        }
        broker.put(CARTS, "four");

        assertThatThrownBy(() -> harness(saved, 0))
                .isInstanceOf(OtherTopicException.class)
                .hasMessageContaining(CARTS);
    }

    @Test
    void isRefusedIfItIsTheOneThatLettersAreSentAgainTo() throws Exception {
        broker.put(REDRIVE.topic(), "three");
        OperatorSubtaskState saved = harness.snapshot(1, 1);
        broker.put(REDRIVE.topic(), "four");

        assertThatThrownBy(() -> harness(saved, 0))
                .isInstanceOf(OtherTopicException.class)
                .hasMessageContaining("the topic cdc-sync.redrive was deleted and made anew")
                .hasMessageContaining("millrace dlq redrive")
                .hasMessageNotContaining("empty these");
    }

    /** It may come back by another's hand, and then it is another one. */
    @Test
    void isStillKnownWhileItIsGone() throws Exception {
        broker.remove(USERS);
        OperatorSubtaskState saved = harness.snapshot(1, 1);
        OperatorSubtaskState later;
        try (var restored = harness(saved, 0)) {
            later = restored.snapshot(2, 2);
        }
        broker.put(USERS, "two");

        assertThatThrownBy(() -> harness(later, 0)).isInstanceOf(OtherTopicException.class);
    }

    @Test
    void aSavepointThatKnowsNoTopicsTakesThoseOfNow() throws Exception {
        OperatorSubtaskState earlier = GoldenStateTest.golden(ParseDebezium.UID);
        OperatorSubtaskState later;
        try (var restored = harness(earlier, 0)) {
            later = restored.snapshot(1, 1);
        }
        broker.put(USERS, "two");

        assertThatThrownBy(() -> harness(later, 0)).isInstanceOf(OtherTopicException.class);
    }

    @Test
    void aBrokerThatDoesNotAnswerFailsAStartAndNoCheckpoint() throws Exception {
        down = true;

        assertThatCode(() -> harness.snapshot(1, 1)).doesNotThrowAnyException();
        assertThatThrownBy(() -> harness(null, 0)).isInstanceOf(IOException.class);
    }

    private OneInputStreamOperatorTestHarness<ConsumedRecord, RowChange> harness(
            @Nullable OperatorSubtaskState state, int subtask) throws Exception {
        ParseDebezium parse = new ParseDebezium(
                "cdc-sync",
                Generations.only(1),
                JsonLimits.DEFAULT,
                DeclaredTables.NONE,
                REDRIVE,
                this::ids,
                Duration.ZERO);
        var opened = new OneInputStreamOperatorTestHarness<>(new ProcessOperator<>(parse), 2, 2, subtask);
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

    private static ConsumedRecord record(String topic) {
        return new ConsumedRecord(topic, 0, 5, 1_000, Changes.bytes("{\"id\":1}"), null, List.of());
    }
}
