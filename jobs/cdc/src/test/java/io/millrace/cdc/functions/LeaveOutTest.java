package io.millrace.cdc.functions;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.event.Operation;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowSchema;
import io.millrace.common.serde.Column;
import io.millrace.common.serde.Columns;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LeaveOutTest {

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

    /** Passed on as it is, it could be a row for the target. */
    @Test
    void ofARowThatItCannotReadNothingIsLeft() {
        assertThat(bio.from(Changes.change(Operation.UPDATE, 1, "{\"bio\":NaN}", 5, 0))
                        .after())
                .isEmpty();
    }
}
