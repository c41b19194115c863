package io.millrace.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RatioTest {

    @Test
    void onePairHasNoSpread() {
        assertThat(Ratio.of(List.of(1.7))).isEqualTo(new Ratio(1.7, 1.7, 1.7));
    }

    /**
     * The median of seven draws is at most the k-th of seven values if four draws are: with probability 0.010 for the
     * first and 0.098 for the second, so that 2.5 % of the medians end between the two.
     */
    @Test
    void theIntervalOfSevenPairsReachesFromTheSecondToTheSixth() {
        assertThat(Ratio.of(List.of(5.0, 1.0, 7.0, 2.0, 6.0, 3.0, 4.0))).isEqualTo(new Ratio(4, 2, 6));
    }

    @Test
    void thePairsThatAgreeHaveANarrowInterval() {
        Ratio ratio = Ratio.of(List.of(2.0, 2.1, 1.9, 2.0, 2.05, 1.95, 9.0));

        assertThat(ratio.median()).isEqualTo(2.0);
        assertThat(ratio.low()).isBetween(1.9, 2.0);
        assertThat(ratio.high()).isBetween(2.0, 2.1);
    }

    @Test
    void theSamePairsGiveTheSameInterval() {
        List<Double> ratios = List.of(1.0, 1.5, 3.0, 0.5);

        assertThat(Ratio.of(ratios)).isEqualTo(Ratio.of(ratios));
    }

    @Test
    void theMedianOfAnEvenNumberIsBetweenTheTwoInTheMiddle() {
        assertThat(Ratio.median(new double[] {4, 1, 3, 2})).isEqualTo(2.5);
    }

    @Test
    void withoutAPairThereIsNoRatio() {
        assertThatThrownBy(() -> Ratio.of(List.of())).hasMessageContaining("no pair");
    }
}
