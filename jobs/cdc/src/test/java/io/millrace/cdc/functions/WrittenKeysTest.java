package io.millrace.cdc.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.event.Operation;
import io.millrace.common.event.ProducedRecord;
import io.millrace.common.event.RowChange;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.throwable.ThrowableClassifier;
import org.apache.flink.runtime.throwable.ThrowableType;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A row has one key in its topic, or the job stops. */
class WrittenKeysTest {

    private static final RowChange BEFORE =
            Changes.change(Operation.UPDATE, 1, "{\"id\":1}", 50, 40).withVersion(50);
    private static final RowChange AFTER = Changes.withSchema(
            Changes.OTHER_KEY, Changes.change(Operation.DELETE, 1, null, 60, 50).withVersion(60));

    @Test
    void stopsForGoodWhenAKeyGetsAnotherSchema() {
        assertThatThrownBy(() -> written(true, null, BEFORE, AFTER))
                .isInstanceOf(KeySchemaException.class)
                .hasMessageContaining("the key of dbserver1.public.users has the schema")
                .hasMessageContaining("int64")
                .hasMessageContaining("int32")
                .hasMessageContaining("`generation` raised by one")
                .satisfies(error -> assertThat(ThrowableClassifier.getThrowableType(error))
                        .isEqualTo(ThrowableType.NonRecoverableError));
    }

    @Test
    void knowsTheSchemaAfterASavepoint() throws Exception {
        OperatorSubtaskState saved = written(true, null, BEFORE);

        assertThatCode(() -> written(true, saved, BEFORE)).doesNotThrowAnyException();
        assertThatThrownBy(() -> written(true, saved, AFTER)).isInstanceOf(KeySchemaException.class);
    }

    /** Each has written only rows that the other has not; from now on that is not sure. */
    @Test
    void stopsWhenSubtasksHaveSeenDifferentSchemas() throws Exception {
        OperatorSubtaskState saved = AbstractStreamOperatorTestHarness.repackageState(
                written(true, null, BEFORE), written(true, null, AFTER));

        assertThatThrownBy(() -> written(true, saved)).isInstanceOf(KeySchemaException.class);
    }

    @Test
    void aSweepDeletesUnderTheKeysThatThereAre() {
        RowChange swept = Changes.withSchema(
                Changes.OTHER_KEY, RowChange.swept(RowChange.sweep(Changes.TABLE, 70), Changes.key(2)));

        assertThatCode(() -> written(true, null, BEFORE, swept)).doesNotThrowAnyException();
    }

    @Test
    void anothersTopicIsWrittenAsItIs() {
        assertThatCode(() -> written(true, null, Changes.readFrom("t", BEFORE), Changes.readFrom("t", AFTER)))
                .doesNotThrowAnyException();
    }

    @Test
    void aKeyWithoutASchemaIsTheSame() {
        assertThatCode(() -> written(false, null, BEFORE, AFTER)).doesNotThrowAnyException();
    }

    private static OperatorSubtaskState written(
            boolean withSchema, @Nullable OperatorSubtaskState before, RowChange... changes) throws Exception {
        try (var harness = new OneInputStreamOperatorTestHarness<RowChange, ProducedRecord>(
                new ProcessOperator<>(new ToEnvelope("cdc-capture", "dbserver1", withSchema, 10_000, () -> 7L)))) {
            if (before != null) {
                harness.initializeState(before);
            }
            harness.open();
            for (RowChange change : changes) {
                harness.processElement(change, 0);
            }
            return harness.snapshot(1, 1);
        }
    }
}
