package io.millrace.common.failure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.event.ConsumedRecord;
import io.millrace.common.event.Operation;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.SourcePosition;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RefusalTest {

    private static final ConsumedRecord ORIGIN =
            new ConsumedRecord("dbserver1.public.users", 2, 40, 1_000, new byte[] {1}, new byte[] {2}, List.of());

    private static RowChange change(byte @Nullable [] after, @Nullable ConsumedRecord origin) {
        SourcePosition position = new SourcePosition(77, 0, 5_000, false, "{\"lsn\":77}".getBytes(UTF_8));
        Operation operation = after == null ? Operation.DELETE : Operation.UPDATE;
        byte[] key = "{\"id\":1}".getBytes(UTF_8);
        return new RowChange("public.users", operation, 9, key, null, after, null, position, origin);
    }

    @Test
    void keepsTheRecordTheChangeWasReadFrom() {
        var letter = new Refusal(change(null, ORIGIN), "SomeError", "why").toDeadLetter("cdc-sync", "redis.users");

        assertThat(letter.record()).isSameAs(ORIGIN);
        assertThat(letter.version()).isEqualTo(9);
        assertThat(letter.pipeline()).isEqualTo("cdc-sync");
        assertThat(letter.stage()).isEqualTo("redis.users");
        assertThat(letter.errorClass()).isEqualTo("SomeError");
        assertThat(letter.errorMessage()).isEqualTo("why");
        assertThat(letter.attempt()).isEqualTo(1);
    }

    @Test
    void makesTheRecordThatACapturedChangeWouldHaveBecome() {
        var record = new Refusal(change("{\"id\":1,\"a\":null}".getBytes(UTF_8), null), "e", "m")
                .toDeadLetter("cdc-capture", "s")
                .record();

        assertThat(record.topic()).isEqualTo("public.users");
        assertThat(record.partition()).isEqualTo(-1);
        assertThat(record.offset()).isEqualTo(77);
        assertThat(record.timestamp()).isEqualTo(5_000);
        assertThat(new String(record.key(), UTF_8)).isEqualTo("{\"id\":1}");
        assertThat(new String(record.value(), UTF_8))
                .isEqualTo("{\"before\":null,\"after\":{\"id\":1,\"a\":null},\"source\":{\"lsn\":77},\"op\":\"u\"}");
    }

    /** Its topic has the whole row anyway, and targets that get every column need it when it is sent again. */
    @Test
    void aWithheldRowThatWasReadFromATopicKeepsItsRecord() {
        RowChange withheld = change(WithheldRow.because("the row is \"no\" JSON"), ORIGIN);

        var letter = Refusal.of(withheld, new DataException("the row is not a JSON object"))
                .toDeadLetter("cdc-sync", "s");

        assertThat(letter.record()).isSameAs(ORIGIN);
        assertThat(letter.errorMessage())
                .isEqualTo("columns are excluded from this target's rows, and this row cannot be read to take them out:"
                        + " the row is \"no\" JSON");
    }

    @Test
    void aWithheldRowIsNotInTheLetterOfACapturedChange() {
        var letter = new Refusal(change(WithheldRow.because("why"), null), "e", "m").toDeadLetter("cdc-direct", "s");

        assertThat(letter.errorMessage()).endsWith(": why; its bytes are left out of the dead letter on purpose");
        assertThat(new String(letter.record().value(), UTF_8))
                .isEqualTo("{\"before\":null,\"after\":\"withheld: why\",\"source\":{\"lsn\":77},\"op\":\"u\"}");
    }
}
