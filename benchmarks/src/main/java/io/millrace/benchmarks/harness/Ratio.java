package io.millrace.benchmarks.harness;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The median of paired ratios with its bootstrap interval of 95 %: the middle of the medians of samples that are drawn
 * with replacement (Efron's percentile method).
 */
public record Ratio(double median, double low, double high) {

    private static final int SAMPLES = 10_000;
    private static final double TAIL = 0.025;

    /** Fixed, so that the same pairs give the same interval. */
    private static final long SEED = 20_260_101;

    /**
     * Computes it.
     *
     * @param ratios one for each pair, at least one
     */
    public static Ratio of(List<Double> ratios) {
        if (ratios.isEmpty()) {
            throw new IllegalArgumentException("there is no pair, so there is no ratio");
        }
        double[] values = ratios.stream().mapToDouble(Double::doubleValue).toArray();
        SplittableRandom random = new SplittableRandom(SEED);
        double[] medians = new double[SAMPLES];
        double[] sample = new double[values.length];
        for (int i = 0; i < SAMPLES; i++) {
            for (int j = 0; j < sample.length; j++) {
                sample[j] = values[random.nextInt(values.length)];
            }
            medians[i] = median(sample);
        }
        Arrays.sort(medians);
        int cut = (int) (SAMPLES * TAIL);
        return new Ratio(median(values), medians[cut], medians[SAMPLES - 1 - cut]);
    }

    /** Returns the middle of the values; of an even number, the mean of the two in the middle. */
    public static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
