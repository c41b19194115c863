package io.millrace.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PairsTest {

    private final List<String> ran = new ArrayList<>();
    private final StringWriter said = new StringWriter();

    private List<Map<String, Run>> play(Run peers, int pairs) throws Exception {
        Contender ours = new Fixed("ours", Role.OURS, Fixed.run(1, 1), ran);
        Contender peer = new Fixed("peer", Role.PEER, peers, ran);
        Contest contest = new Contest("stream", List.of(ours, peer), Map.of(), "");
        return new Pairs(new PrintWriter(said, true)).play(contest, pairs);
    }

    @Test
    void everyOtherPairIsTurnedRound() throws Exception {
        play(Fixed.run(2, 2), 4);

        assertThat(ran).containsExactly("ours", "peer", "peer", "ours", "ours", "peer", "peer", "ours");
    }

    @Test
    void keepsTheRunsOfEachPairTogether() throws Exception {
        List<Map<String, Run>> pairs = play(Fixed.run(2, 2), 2);

        assertThat(pairs).hasSize(2).allSatisfy(pair -> assertThat(pair).containsOnlyKeys("ours", "peer"));
    }

    @Test
    void aContenderThatFailsIsVoidAndTheOthersGoOn() throws Exception {
        Contender ours = new Fixed("ours", Role.OURS, Fixed.run(1, 1), ran);
        Contender broken = new Contender() {
            @Override
            public String name() {
                return "broken";
            }

            @Override
            public Role role() {
                return Role.PEER;
            }

            @Override
            public Run run() throws IOException {
                throw new IOException("it was not ready");
            }
        };
        Contest contest = new Contest("stream", List.of(broken, ours), Map.of(), "");

        Map<String, Run> pair =
                new Pairs(new PrintWriter(said, true)).play(contest, 1).get(0);

        assertThat(pair.get("broken").wrong()).isEqualTo("it was not ready");
        assertThat(pair.get("ours").isValid()).isTrue();
    }

    @Test
    void showsNoFigureOfAVoidRun() throws Exception {
        play(Fixed.run(2, 2).voided("3 rows are missing"), 1);

        assertThat(said.toString().lines().filter(line -> line.contains("peer")))
                .singleElement()
                .asString()
                .contains("VOID: 3 rows are missing")
                .doesNotContain("records/s");
    }
}
