package io.millrace.cdc.settings;

import org.apache.flink.configuration.MemorySize;

/** Sizes that must fit an {@code int}. */
final class Sizes {

    private Sizes() {}

    static boolean isInt(MemorySize size) {
        return size.getBytes() >= 1 && size.getBytes() <= Integer.MAX_VALUE;
    }

    static int toInt(MemorySize size) {
        return Math.toIntExact(size.getBytes());
    }
}
