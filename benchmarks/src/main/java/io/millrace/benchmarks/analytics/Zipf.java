package io.millrace.benchmarks.analytics;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Numbers from 0, of which the n-th occurs as often as 1/nˢ of the first: few pages have most views. */
final class Zipf {

    private final double[] cumulated;

    Zipf(int numbers, double exponent) {
        cumulated = new double[numbers];
        double sum = 0;
        for (int i = 0; i < numbers; i++) {
            sum += 1 / Math.pow(i + 1.0, exponent);
            cumulated[i] = sum;
        }
    }

    int next(RandomGenerator random) {
        double drawn = random.nextDouble() * cumulated[cumulated.length - 1];
        int place = Arrays.binarySearch(cumulated, drawn);
        return Math.min(cumulated.length - 1, place < 0 ? -place - 1 : place);
    }
}
