package io.millrace.analytics.parse;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Texts that were met lately, so that one that comes again is not made again. Each gives way to another of its place. */
final class KnownTexts {

    /** Bytes of one that is kept. */
    static final int LONGEST = 64;

    private static final int PLACES = 4_096;

    private final byte[] @Nullable [] met = new byte @Nullable [PLACES][];
    private final @Nullable String[] texts = new @Nullable String[PLACES];

    /** Returns the place of the text in a range of bytes. */
    static int place(byte[] json, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + json[i];
        }
        return (hash ^ (hash >>> 12)) & (PLACES - 1);
    }

    /** Returns the text if it is the one that is kept there, or null. */
    @Nullable
    String at(int place, byte[] json, int from, int to) {
        byte[] kept = met[place];
        return kept != null && Arrays.equals(json, from, to, kept, 0, kept.length) ? texts[place] : null;
    }

    /** Keeps a text in the place of another. */
    void put(int place, byte[] json, int from, int to, String text) {
        met[place] = Arrays.copyOfRange(json, from, to);
        texts[place] = text;
    }
}
