package io.millrace.analytics.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.replay.Fence;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MismatchAlertTest {

    private static final MismatchAlert ALERT = new MismatchAlert(
            "checkout",
            "user-actions",
            new Moment(9, 3, 42),
            3_600_000,
            0.0001,
            new TreeMap<>(Map.of("a", new MismatchAlert.Share(7, 10.5))));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            user-actions:3=43                                 | true
            user-actions:3=42                                 | false
            user-actions:2=43                                 | false
            user-actions:3=43,watermark=1970-01-01T01:00:00Z  | true
            user-actions:3=43,watermark=1970-01-01T00:59:59Z  | false
            """)
    void isSilentOnlyIfTheLiveJobHasToldIt(String fence, boolean silent) {
        assertThat(ALERT.isBehind(Fence.parse(fence))).isEqualTo(silent);
        assertThat(ALERT.isBehind(Fence.NONE)).isFalse();
        assertThat(ALERT.toRecord("alerts", "analytics").key())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("checkout");
    }
}
