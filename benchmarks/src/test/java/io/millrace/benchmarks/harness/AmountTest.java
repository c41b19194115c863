package io.millrace.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AmountTest {

    @Test
    void kilobytesAreReportedAsMegabytesASecond() {
        Run ours = new Run(500_000, 2, 3, 0, "", "");
        Run limit = new Run(500_000, 1, 1, 0, "", "");
        Contest contest = new Contest(
                "verify",
                List.of(
                        new Fixed("ours", Role.OURS, ours, new ArrayList<>()),
                        new Fixed("limit", Role.LIMIT, limit, new ArrayList<>())),
                Map.of(),
                "500 MB",
                Amount.KILOBYTES);

        List<Finding> findings = Findings.of(contest, List.of(Map.of("ours", ours, "limit", limit)));

        assertThat(findings)
                .extracting(Finding::unit)
                .containsExactly("pipeline CPU s per GB", "CPU s per GB, servers included", "MB/s");
        assertThat(findings.get(0).detail()).startsWith("6.00 : 2.00");
        assertThat(findings.get(2).detail()).startsWith("250 : 500");
    }
}
