package io.millrace.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FindingsTest {

    private static final Run OURS = Fixed.run(2, 3);
    private static final Run PEERS = Fixed.run(3, 9);

    private static List<Finding> findings(Role role, List<Map<String, Run>> pairs) {
        Contender ours = new Fixed("ours", Role.OURS, OURS, new ArrayList<>());
        Contender peer = new Fixed("peer", role, PEERS, new ArrayList<>());
        return Findings.of(new Contest("stream", List.of(ours, peer), Map.of("peer", 1.2), "10 rows"), pairs);
    }

    @Test
    void aRatioSaysHowManyTimesBetterOursIs() {
        List<Finding> findings = findings(Role.PEER, List.of(Map.of("ours", OURS, "peer", PEERS)));

        assertThat(findings).extracting(Finding::ratio).containsExactly(3.0, 2.5, 1.5);
        assertThat(findings).extracting(Finding::target).containsExactly(null, null, 1.2);
        assertThat(findings.get(2).verdict()).isEqualTo("reached");
        assertThat(findings.get(0).detail()).isEqualTo("3.00 : 9.00, 1 of 1 pairs; 10 rows");
    }

    @Test
    void aMissedTargetSaysByHowMuch() {
        Finding missed = new Finding("stream", "peer", 0.9, 0.8, 1.0, 1.2, "records/s", "");

        assertThat(missed.verdict()).isEqualTo("missed by 25 %");
    }

    @Test
    void aPairWithAVoidRunDoesNotCount() {
        Map<String, Run> right = Map.of("ours", OURS, "peer", PEERS);
        Map<String, Run> wrong = Map.of("ours", Fixed.run(1, 1).voided("a row is missing"), "peer", PEERS);

        Finding rate = findings(Role.PEER, List.of(wrong, right)).get(2);

        assertThat(rate.ratio()).isEqualTo(1.5);
        assertThat(rate.detail()).contains("1 of 2 pairs");
    }

    @Test
    void withoutAValidPairThereIsNoFigure() {
        Map<String, Run> wrong = Map.of("ours", OURS.voided("a row is missing"), "peer", PEERS);

        assertThat(findings(Role.PEER, List.of(wrong))).allSatisfy(finding -> {
            assertThat(finding.ratio()).isNull();
            assertThat(finding.verdict()).isEqualTo("void");
            assertThat(finding.detail()).isEqualTo("void: ours: a row is missing");
        });
    }

    @Test
    void aStrawmanIsLabelled() {
        assertThat(findings(Role.STRAWMAN, List.of(Map.of("ours", OURS, "peer", PEERS))))
                .extracting(Finding::against)
                .containsOnly("peer (strawman)");
    }
}
