package io.millrace.common.settings;

import org.apache.flink.configuration.MemorySize;

/** Sizes that must fit an {@code int}. */
public final class Sizes {

    private Sizes() {}

    public static boolean isInt(MemorySize size) {
        return size.getBytes() >= 1 && size.getBytes() <= Integer.MAX_VALUE;
    }

    public static int toInt(MemorySize size) {
        return Math.toIntExact(size.getBytes());
    }
}
