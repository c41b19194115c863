package io.millrace.shop;

import java.util.Arrays;

/** Draws ranks of which the n-th is as frequent as 1/n. */
public final class Zipf {

    private final double[] cumulated;

    /** Makes ranks from 1 to a number. */
    public Zipf(int ranks) {
        cumulated = new double[ranks];
        double sum = 0;
        for (int i = 0; i < ranks; i++) {
            sum += 1.0 / (i + 1);
            cumulated[i] = sum;
        }
    }

    /** Returns a rank from 1 on. */
    public int next(ShopRandom random) {
        double drawn = random.fraction() * cumulated[cumulated.length - 1];
        int found = Arrays.binarySearch(cumulated, drawn);
        return 1 + Math.min(found < 0 ? -found - 1 : found, cumulated.length - 1);
    }
}
