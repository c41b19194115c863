package io.millrace.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Until when a topic keeps what it has. */
class TopicRetentionTest {

    private static final Instant NOW = Instant.parse("2026-03-02T00:00:00Z");

    @Test
    void aRecordGoesWithItsSegment() {
        Map<String, String> config =
                Map.of("cleanup.policy", "delete", "retention.ms", "172800000", "segment.ms", "86400000");

        assertThat(TopicRetention.of(config).until(NOW)).hasValue(Instant.parse("2026-03-05T00:00:00Z"));
    }

    @Test
    void whatIsNotDeletedByAgeStaysForEver() {
        assertThat(TopicRetention.of(Map.of("cleanup.policy", "delete", "retention.ms", "-1"))
                        .until(NOW))
                .isEmpty();
        assertThat(TopicRetention.of(Map.of("cleanup.policy", "compact", "retention.ms", "1"))
                        .until(NOW))
                .isEmpty();
        assertThat(TopicRetention.of(Map.of("cleanup.policy", "compact,delete", "retention.ms", "1"))
                        .until(NOW))
                .isPresent();
    }
}
