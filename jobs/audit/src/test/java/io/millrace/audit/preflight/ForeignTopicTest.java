package io.millrace.audit.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.config.Problems;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A topic that is not the archived one is told by where it ends. */
class ForeignTopicTest {

    private final Problems problems = new Problems();

    private String told(Map<Integer, Long> ends, Map<Integer, Long> archived) {
        new ForeignTopic("audit-logs", problems).check("archive.address", ends, archived);
        return problems.found().toString();
    }

    @Test
    void aTopicThatEndsWhereTheArchiveDoesOrLaterIsTheSame() {
        told(Map.of(0, 8L, 1, 90L, 2, 0L), Map.of(0, 7L, 1, 7L, 2, -1L));

        assertThat(problems.found()).isEmpty();
    }

    @Test
    void oneThatEndsBeforeIsAnother() {
        assertThat(told(Map.of(0, 7L, 1, 8L), Map.of(0, 7L, 1, 7L)))
                .contains(
                        "archive.address",
                        "partition 0 of audit-logs through offset 7, and in Kafka it ends before offset 7",
                        "new `archive.name`")
                .doesNotContain("partition 1");
    }

    @Test
    void soIsOneWithFewerPartitions() {
        assertThat(told(Map.of(0, 8L), Map.of(0, 7L, 1, 7L, 2, -1L)))
                .contains("partition 1 of audit-logs through offset 7, and in Kafka there is no such partition")
                .doesNotContain("partition 2");
    }
}
