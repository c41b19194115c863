package io.millrace.benchmarks.analytics;

import java.util.Arrays;

/** Millions of numbers in little room: what was seen, to be counted once they are sorted. */
final class Codes {

    private long[] codes = new long[1 << 16];
    private int size;

    void add(long code) {
        if (size == codes.length) {
            codes = Arrays.copyOf(codes, size * 2);
        }
        codes[size++] = code;
    }

    /** Returns all, ascending. */
    long[] sorted() {
        long[] sorted = Arrays.copyOf(codes, size);
        Arrays.sort(sorted);
        return sorted;
    }
}
