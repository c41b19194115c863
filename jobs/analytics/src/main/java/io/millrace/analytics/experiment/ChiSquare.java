package io.millrace.analytics.experiment;

import java.util.Collection;

/**
 * Pearson's test of whether counts are as they should be.
 *
 * @see <a href="https://dlmf.nist.gov/8">NIST Digital Library of Mathematical Functions, chapter 8</a>
 */
final class ChiSquare {

    private static final double PRECISION = 1e-16;
    private static final double TINY = 1e-300;
    private static final int MOST_TERMS = 100_000;

    private ChiSquare() {}

    /**
     * A count, and how large a part of all it should be.
     *
     * @param weight of any scale; 0 for what should not be there
     */
    record Cell(long observed, double weight) {}

    /**
     * Returns how likely counts are that are at least as far from the weights as these; 1 where there is nothing to
     * compare, and 0 if something was counted that should not be there.
     */
    static double pValue(Collection<Cell> cells) {
        double all = cells.stream().mapToLong(Cell::observed).sum();
        double weights = cells.stream().mapToDouble(Cell::weight).sum();
        double statistic = 0;
        int expected = 0;
        for (Cell cell : cells) {
            if (cell.weight() > 0) {
                double mean = all * cell.weight() / weights;
                statistic += mean == 0 ? 0 : (cell.observed() - mean) * (cell.observed() - mean) / mean;
                expected++;
            } else if (cell.observed() > 0) {
                return 0;
            }
        }
        return expected < 2 ? 1 : upperTail(statistic, expected - 1);
    }

    /** Returns the probability of a statistic at least as large: {@code Q(degrees / 2, statistic / 2)}. */
    static double upperTail(double statistic, int degrees) {
        double a = degrees / 2.0;
        double x = statistic / 2;
        if (x <= 0) {
            return 1;
        }
        double scale = Math.exp(a * Math.log(x) - x - logGamma(degrees));
        return x < a + 1 ? 1 - scale * series(a, x) : scale * fraction(a, x);
    }

    /** The sum of {@code x^n / (a (a+1) … (a+n))}: DLMF 8.7.1. */
    private static double series(double a, double x) {
        double term = 1 / a;
        double sum = term;
        for (int n = 1; term > sum * PRECISION && n < MOST_TERMS; n++) {
            term *= x / (a + n);
            sum += term;
        }
        return sum;
    }

    /** The continued fraction of DLMF 8.9.2 in its even part, by Lentz's method (DLMF 3.10(iii)). */
    private static double fraction(double a, double x) {
        double b = x + 1 - a;
        double c = 1 / TINY;
        double d = 1 / b;
        double value = d;
        for (int n = 1; n < MOST_TERMS; n++) {
            double numerator = n * (a - n);
            b += 2;
            d = 1 / nonZero(numerator * d + b);
            c = nonZero(b + numerator / c);
            value *= c * d;
            if (Math.abs(c * d - 1) < PRECISION * 10) {
                break;
            }
        }
        return value;
    }

    private static double nonZero(double value) {
        return Math.abs(value) < TINY ? TINY : value;
    }

    /** Returns {@code ln Γ(degrees / 2)}, from {@code Γ(1) = 1} and {@code Γ(1/2) = √π}: DLMF 5.5.1. */
    private static double logGamma(int degrees) {
        double sum = degrees % 2 == 0 ? 0 : Math.log(Math.PI) / 2;
        for (double a = degrees % 2 == 0 ? 1 : 0.5; a < degrees / 2.0; a++) {
            sum += Math.log(a);
        }
        return sum;
    }
}
