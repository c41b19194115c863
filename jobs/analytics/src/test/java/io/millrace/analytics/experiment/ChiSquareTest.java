package io.millrace.analytics.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.commons.math3.special.Gamma;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ChiSquareTest {

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1, 2), new Random().longs(20));
    }

    /** Critical values of the NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.4, with more digits. */
    @ParameterizedTest
    @CsvSource({
        "3.841458820694124, 1, 0.05",
        "10.827566170662733, 1, 0.001",
        "5.991464547107979, 2, 0.05",
        "13.815510557964274, 2, 0.001",
        "7.814727903251179, 3, 0.05",
        "18.466826952903151, 4, 0.001",
        "18.307038053275146, 10, 0.05",
        "124.34211340400407, 100, 0.05",
        "0.0039321400000195, 1, 0.95"
    })
    void hasTheTailsOfTheTables(double statistic, int degrees, double probability) {
        assertThat(ChiSquare.upperTail(statistic, degrees)).isCloseTo(probability, Percentage.withPercentage(1e-7));
    }

    /** Another implementation, as far as it is exact itself. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void agreesWithAnotherImplementation(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            int degrees = 1 + random.nextInt(30);
            double statistic = Math.exp(random.nextDouble() * 10 - 4);
            double other = Gamma.regularizedGammaQ(degrees / 2.0, statistic / 2);

            assertThat(ChiSquare.upperTail(statistic, degrees))
                    .as("%s of %s degrees", statistic, degrees)
                    .isCloseTo(other, within(1e-13 + other * 1e-9));
        }
    }

    @Test
    void isNeverBelowNothingHoweverFarTheCountsAre() {
        assertThat(ChiSquare.upperTail(0, 3)).isEqualTo(1);
        assertThat(ChiSquare.upperTail(1_000, 1)).isCloseTo(1.7958327848e-219, Percentage.withPercentage(1e-6));
        assertThat(ChiSquare.upperTail(1e9, 2)).isZero();
    }

    /** 821,588 and 815,482 of an even split: Fabijan et al., KDD 2019, tell of a p-value of 1.8e-6. */
    @Test
    void findsAMismatchThatWasPublished() {
        assertThat(p(821_588, 1, 815_482, 1)).isCloseTo(1.8e-6, Percentage.withPercentage(5));
        assertThat(p(821_588, 1, 815_482, 0.9926)).as("the control").isGreaterThan(0.01);
    }

    @Test
    void comparesWithWeightsOfAnyScale() {
        assertThat(p(1_000, 1, 2_000, 2)).isEqualTo(1);
        assertThat(p(1_000, 10, 2_000, 20)).isEqualTo(1);
        assertThat(p(1_000, 1, 2_000, 1)).isLessThan(1e-50);
    }

    @Test
    void aVariantThatShouldNotBeThereIsAMismatchOnceItHasAUser() {
        assertThat(p(1_000, 1, 1_000, 1, 0, 0)).isEqualTo(1);
        assertThat(p(1_000, 1, 1_000, 1, 1, 0)).isZero();
    }

    @Test
    void saysNothingOfOneVariantOrNobody() {
        assertThat(p(1_000, 1)).isEqualTo(1);
        assertThat(p(0, 1, 0, 1)).isEqualTo(1);
    }

    /** @param cells counts and weights by turns */
    private static double p(double... cells) {
        List<ChiSquare.Cell> all = new ArrayList<>();
        for (int i = 0; i < cells.length; i += 2) {
            all.add(new ChiSquare.Cell((long) cells[i], cells[i + 1]));
        }
        return ChiSquare.pValue(all);
    }
}
