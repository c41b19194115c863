package io.millrace.benchmarks.workload;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Numbers from 0, of which the n-th occurs as often as 1/nˢ of the first: few pages have most views. */
public final class Zipf {

    private final double[] cumulated;

    /**
     * Prepares some numbers.
     *
     * @param numbers how many
     * @param exponent s; 0 makes all as frequent
     */
    public Zipf(int numbers, double exponent) {
        cumulated = new double[numbers];
        double sum = 0;
        for (int i = 0; i < numbers; i++) {
            sum += 1 / Math.pow(i + 1.0, exponent);
            cumulated[i] = sum;
        }
    }

    /** Returns one. */
    public int next(RandomGenerator random) {
        double drawn = random.nextDouble() * cumulated[cumulated.length - 1];
        int place = Arrays.binarySearch(cumulated, drawn);
        return Math.min(cumulated.length - 1, place < 0 ? -place - 1 : place);
    }
}
