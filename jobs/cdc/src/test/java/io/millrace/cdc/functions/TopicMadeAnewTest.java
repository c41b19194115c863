package io.millrace.cdc.functions;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.event.ConsumedRecord;
import io.millrace.common.event.RowChange;
import io.millrace.common.replay.Generations;
import io.millrace.common.serde.debezium.JsonLimits;
import io.millrace.common.serde.declared.DeclaredTables;
import io.millrace.common.sink.deadletter.Redrive;
import io.millrace.common.source.kafka.OtherTopicException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What SameTopics requires is required of the topics that a sync reads, and the sync says what is to be done. */
class TopicMadeAnewTest {

    private static final String USERS = "dbserver1.public.users";
    private static final String CARTS = "dbserver1.public.carts";
    private static final Redrive REDRIVE = Redrive.of("cdc-sync", Optional.empty());

    private final Map<String, String> broker = new HashMap<>(Map.of(USERS, "one"));
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
                .hasMessageContaining("without `--from`");
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

    private OneInputStreamOperatorTestHarness<ConsumedRecord, RowChange> harness(
            @Nullable OperatorSubtaskState state, int subtask) throws Exception {
        ParseDebezium parse = new ParseDebezium(
                "cdc-sync",
                Generations.only(1),
                JsonLimits.DEFAULT,
                DeclaredTables.NONE,
                REDRIVE,
                () -> Map.copyOf(broker),
                Duration.ZERO);
        var opened = new OneInputStreamOperatorTestHarness<>(new ProcessOperator<>(parse), 2, 2, subtask);
        if (state != null) {
            opened.initializeState(state);
        }
        opened.open();
        return opened;
    }

    private static ConsumedRecord record(String topic) {
        return new ConsumedRecord(topic, 0, 5, 1_000, Changes.bytes("{\"id\":1}"), null, List.of());
    }
}
