package io.millrace.common.failure;

import static io.millrace.common.failure.Letters.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.event.ConsumedRecord;
import io.millrace.common.event.Operation;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.SourcePosition;
import io.millrace.common.metrics.RecordedMetrics;
import io.millrace.common.metrics.TargetMetrics;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusedChangesTest {

    private static final ConsumedRecord ORIGIN =
            new ConsumedRecord("dbserver1.public.users", 1, 2, 3, bytes("k"), bytes("v"), List.of());

    private final RecordedMetrics metrics = new RecordedMetrics();
    private final RecordedLetters queue = new RecordedLetters("refused-changes");

    @Test
    void putsTheOriginalRecordIntoTheDeadLetters() throws IOException {
        try (RefusedChanges refused = open(FailurePolicy.DEAD_LETTER)) {
            refused.accept(List.of(new Refusal(change(ORIGIN), "mapper_parsing_exception", "no number")));

            assertThat(queue.written())
                    .containsExactly(new DeadLetter(
                            ORIGIN, 7, "cdc-sync", "redis.public.users", "mapper_parsing_exception", "no number", 1));
        }
        assertThat(counted("deadLettered")).isEqualTo(1);
    }

    @Test
    void putsTogetherTheRecordOfAChangeThatNeverWasOne() throws IOException {
        try (RefusedChanges refused = open(FailurePolicy.DEAD_LETTER)) {
            refused.accept(List.of(Refusal.of(change(null), new DataException("too deep"))));

            DeadLetter letter = queue.written().get(0);
            assertThat(letter.errorClass()).isEqualTo("io.millrace.common.failure.DataException");
            assertThat(letter.record().topic()).isEqualTo("public.users");
            assertThat(letter.record().partition()).isEqualTo(-1);
            assertThat(letter.record().offset()).isEqualTo(900);
            assertThat(letter.record().key()).isEqualTo(bytes("{\"id\":1}"));
            assertThat(letter.record().value())
                    .asString()
                    .isEqualTo(
                            "{\"before\":null,\"after\":{\"id\":1,\"name\":\"Ada\"},\"source\":{\"lsn\":900},\"op\":\"u\"}");
            assertThat(letter.record().header("millrace-version")).isEqualTo(bytes("7"));
        }
    }

    @Test
    void forgetsAndCountsUnderThePolicyDrop() throws IOException {
        try (RefusedChanges refused = open(FailurePolicy.DROP)) {
            refused.accept(List.of(new Refusal(change(ORIGIN), "e", "m"), new Refusal(change(ORIGIN), "e", "m")));
        }

        assertThat(counted("dropped")).isEqualTo(2);
        assertThat(counted("deadLettered")).isZero();
        assertThat(queue.written()).isEmpty();
    }

    @Test
    void failsWithTheReasonUnderThePolicyFail() throws IOException {
        try (RefusedChanges refused = open(FailurePolicy.FAIL)) {
            assertThatThrownBy(() -> refused.accept(List.of(new Refusal(change(ORIGIN), "e", "m"))))
                    .isInstanceOf(IOException.class)
                    .hasMessage("redis refused 1 changes, the first one of table public.users with version 7: e: m;"
                            + " mend the row or its route, or set the failure policy of redis to dead-letter");
        }
    }

    @Test
    void countsNothingBeforeTheLettersAreAcknowledged() throws IOException {
        DeadLetterQueue broken = () -> new DeadLetterWriter() {
            @Override
            public void write(List<DeadLetter> letters) throws IOException {
                throw new IOException("Kafka is down");
            }

            @Override
            public void close() {}
        };
        try (RefusedChanges refused =
                RefusedChanges.open(FailurePolicy.DEAD_LETTER, broken, "cdc-sync", "redis", targetMetrics())) {
            assertThatThrownBy(() -> refused.accept(List.of(new Refusal(change(ORIGIN), "e", "m"))))
                    .hasMessage("Kafka is down");
        }
        assertThat(counted("deadLettered")).isZero();
    }

    private RefusedChanges open(FailurePolicy policy) throws IOException {
        return RefusedChanges.open(policy, queue, "cdc-sync", "redis", targetMetrics());
    }

    private TargetMetrics targetMetrics() {
        return new TargetMetrics(metrics, "redis", () -> 0);
    }

    private long counted(String name) {
        return metrics.counted("millrace.table=public.users.target=redis." + name);
    }

    private static RowChange change(ConsumedRecord origin) {
        SourcePosition source = new SourcePosition(900, 0, 0, false, bytes("{\"lsn\":900}"));
        return new RowChange(
                "public.users",
                Operation.UPDATE,
                7,
                bytes("{\"id\":1}"),
                null,
                bytes("{\"id\":1,\"name\":\"Ada\"}"),
                null,
                source,
                origin);
    }
}
