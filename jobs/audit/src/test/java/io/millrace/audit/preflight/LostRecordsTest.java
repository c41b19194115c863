package io.millrace.audit.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.config.Problem;
import io.millrace.common.config.Problems;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What Kafka removed before it was archived is told by where it begins. */
class LostRecordsTest {

    private static final String PATH = "archive.accept-lost-records";

    private final Problems problems = new Problems();

    private void check(boolean accepted, Map<Integer, Long> first, Map<Integer, Long> archived) {
        new LostRecords("audit-logs", problems).check(PATH, accepted, first, archived);
    }

    @Test
    void nothingIsLostOfATopicThatStillHasTheEndOfTheArchiveOrWhatFollowsIt() {
        check(false, Map.of(0, 0L, 1, 41L, 2, 42L), Map.of(0, 41L, 1, 41L, 2, 41L));

        assertThat(problems.found()).isEmpty();
        assertThat(problems.notes()).isEmpty();
    }

    /** An archive begins with what the topic has. */
    @Test
    void nothingIsLostOfAPartitionOfWhichNothingWasArchived() {
        check(false, Map.of(0, 700L, 1, 700L), Map.of(0, -1L));

        assertThat(problems.found()).isEmpty();
    }

    @Test
    void whatIsMissingIsAProblemWithThePlaceAndTheRemedy() {
        check(false, Map.of(0, 43L, 1, 42L), Map.of(0, 41L, 1, 41L));

        assertThat(problems.found())
                .extracting(Problem::toString)
                .singleElement()
                .asString()
                .contains("`" + PATH + "` is false", "partition 0 of audit-logs begins at offset 43")
                .contains("the archive ends at 41", "Write down why, and set it to true");
    }

    @Test
    void whatIsAcceptedIsANoteAndStopsNothing() {
        check(true, Map.of(0, 43L), Map.of(0, 41L));

        assertThat(problems.found()).isEmpty();
        assertThat(problems.notes())
                .extracting(Problem::toString)
                .singleElement()
                .asString()
                .contains("begins at offset 43", "is accepted as lost");
    }
}
