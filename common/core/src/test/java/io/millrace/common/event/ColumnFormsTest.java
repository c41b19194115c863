package io.millrace.common.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.event.ColumnForms.Form;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ColumnFormsTest {

    private static final Form TEXT = new Form(25, 700);
    private static final Form REWRITTEN = new Form(25, 701);

    private final ColumnForms first = new ColumnForms(100, Map.of("a", TEXT, "b", TEXT));

    @Test
    void holdFromTheMomentAtWhichTheyWereAsked() {
        assertThat(first.holdsAt(99)).isFalse();
        assertThat(first.holdsAt(100)).isTrue();
        assertThat(first.forRowsReadLater().holdsAt(0)).isTrue();
    }

    @Test
    void holdSinceTheEarlierOnesIfNothingIsNew() {
        assertThat(new ColumnForms(200, first.columns()).after(first)).isEqualTo(first);
        assertThat(new ColumnForms(200, Map.of("a", TEXT)).after(first).since()).isEqualTo(100);
    }

    /** A value that was sent between the two moments may be from before the ALTER. */
    @Test
    void holdSinceTheyWereAskedIfAColumnIsNewOrAltered() {
        ColumnForms altered = new ColumnForms(200, Map.of("a", TEXT, "b", REWRITTEN));
        ColumnForms added = new ColumnForms(200, Map.of("a", TEXT, "b", TEXT, "c", TEXT));

        assertThat(altered.after(first)).isEqualTo(altered);
        assertThat(added.after(first)).isEqualTo(added);
    }

    @Test
    void takeTheTypesOfThenAndLeaveOutWhatWasNotThere() {
        assertThat(first.withTypes(Map.of("a", 17, "gone", 25)))
                .isEqualTo(new ColumnForms(100, Map.of("a", new Form(17, 700))));
    }
}
