package io.millrace.cdc.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.common.event.Operation;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowSchema;
import io.millrace.common.failure.DataException;
import io.millrace.common.failure.DeadLetter;
import io.millrace.common.failure.Refusal;
import io.millrace.common.serde.Column;
import io.millrace.common.serde.Columns;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LeaveOutTest {

    private static final String UNREADABLE = "{\"id\":1,\"bio\":\"secret";

    private final LeaveOut bio = new LeaveOut(Set.of("bio"));

    @Test
    void takesTheColumnOutOfTheRowAndItsSchema() throws Exception {
        RowChange change = Changes.change(Operation.UPDATE, 1, "{\"id\":1,\"bio\":{\"a\":[1]},\"n\":1.10}", 5, 0);

        RowChange cut = bio.from(change);

        assertThat(new String(cut.after(), StandardCharsets.UTF_8)).isEqualTo("{\"id\":1,\"n\":1.10}");
        assertThat(Columns.ofRow(cut.schema()).all()).extracting(Column::name).containsExactly("id");
        assertThat(Columns.ofKey(cut.schema()).all()).extracting(Column::name).containsExactly("id");
        assertThat(Columns.ofRow(change.schema()).all())
                .extracting(Column::name)
                .containsExactly("id", "bio");
        assertThat(cut.key()).isSameAs(change.key());
    }

    /** Whoever asks for columns compares schemas by identity first. */
    @Test
    void makesOneSchemaOfOne() {
        RowSchema first =
                bio.from(Changes.change(Operation.CREATE, 1, "{}", 5, 0)).schema();

        assertThat(bio.from(Changes.change(Operation.CREATE, 2, "{}", 6, 0)).schema())
                .isSameAs(first);
    }

    @Test
    void leavesADeleteAndASweepAsTheyAre() {
        assertThat(bio.from(Changes.change(Operation.DELETE, 1, null, 5, 0)).after())
                .isNull();
        assertThat(bio.from(RowChange.sweep(Changes.TABLE, 7)).schema()).isNull();
    }

    /** As whoever leaves nothing out does: the parser of changes takes it, and so do the targets. */
    @Test
    void takesANumberThatIsNone() {
        RowChange change = Changes.change(Operation.UPDATE, 1, "{\"id\":1,\"bio\":\"b\",\"n\":NaN}", 5, 0);

        assertThat(Changes.text(bio.from(change).after())).isEqualTo("{\"id\":1,\"n\":\"NaN\"}");
    }

    /** Passed on as it is, it could be a row for the target. */
    @Test
    void ofARowThatItCannotReadNothingIsLeft() {
        RowChange cut = bio.from(Changes.change(Operation.UPDATE, 1, UNREADABLE, 5, 0));

        assertThat(Changes.text(cut.after()))
                .startsWith("\"withheld: the row is not JSON: ")
                .doesNotContain("secret");
        assertThat(cut.key()).isEqualTo(Changes.key(1));
    }

    @Test
    void theDeadLetterOfSuchARowTellsWhereItWasAndThatItsBytesAreLeftOutOnPurpose() throws Exception {
        RowChange cut = bio.from(Changes.change(Operation.UPDATE, 1, UNREADABLE, 5, 0));

        DeadLetter letter = Refusal.of(cut, new DataException("the row is not a JSON object"))
                .toDeadLetter("cdc-direct", "postgres.public.users");

        assertThat(letter.record().topic()).isEqualTo(Changes.TABLE);
        assertThat(letter.record().partition()).isEqualTo(-1);
        assertThat(letter.record().offset()).isEqualTo(5);
        assertThat(Changes.text(letter.record().key())).isEqualTo("{\"id\":1}");
        assertThat(letter.errorMessage())
                .startsWith("columns are excluded from this target's rows, and this row cannot be read to take them"
                        + " out: the row is not JSON: ")
                .endsWith("; its bytes are left out of the dead letter on purpose");
        assertThat(Changes.text(letter.record().value())).doesNotContain("secret");
        assertThat(new ObjectMapper()
                        .readTree(letter.record().value())
                        .path("after")
                        .asText())
                .startsWith("withheld: ");
    }
}
