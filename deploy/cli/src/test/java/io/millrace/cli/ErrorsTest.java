package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.local.LocalServerException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What a user reads of an error. */
class ErrorsTest {

    private final IOException cause = new IOException("the disk is full");

    @Test
    void whatWasWrittenForTheUserStandsAlone() {
        assertThat(Errors.describe(new CommandFailure("there is no such topic", cause)))
                .isEqualTo("there is no such topic");
        assertThat(Errors.describe(new LocalServerException("kafka did not start", cause)))
                .isEqualTo("kafka did not start");
    }

    @Test
    void anythingElseIsSaidWithItsCauses() {
        assertThat(Errors.describe(new IllegalStateException("cannot read", cause)))
                .isEqualTo("cannot read: the disk is full");
    }

    @Test
    void nothingIsSaidTwice() {
        assertThat(Errors.describe(new IllegalStateException(cause))).isEqualTo(cause.toString());
    }

    @Test
    void whatSaysNothingIsNamed() {
        assertThat(Errors.describe(new IllegalStateException())).isEqualTo("IllegalStateException");
    }

    @Test
    void aLongChainIsCut() {
        Exception error = new IOException("cause 0");
        for (int i = 1; i <= 6; i++) {
            error = new IOException("cause " + i, error);
        }

        assertThat(Errors.describe(error)).isEqualTo("cause 6: cause 5: cause 4: cause 3: cause 2");
    }
}
