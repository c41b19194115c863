package io.millrace.analytics.parse;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Makes the name of a field a text once for all events: of the first names that are met, and of short ones. */
final class FieldNames {

    private static final int PLACES = 256;
    private static final int MOST = 128;
    private static final int LONGEST = 64;

    private final byte[] @Nullable [] met = new byte @Nullable [PLACES][];
    private final @Nullable String[] names = new @Nullable String[PLACES];
    private int count;

    /** Returns the name in a range of bytes; null if something is escaped in it. */
    @Nullable
    String of(byte[] json, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            if (json[i] == '\\') {
                return null;
            }
            hash = 31 * hash + json[i];
        }
        int place = place(hash);
        for (byte[] other = met[place]; other != null; other = met[place]) {
            if (Arrays.equals(json, from, to, other, 0, other.length)) {
                return names[place];
            }
            place = place(place + 1);
        }
        String name = new String(json, from, to - from, StandardCharsets.UTF_8);
        if (count < MOST && to - from <= LONGEST) {
            met[place] = Arrays.copyOfRange(json, from, to);
            names[place] = name;
            count++;
        }
        return name;
    }

    private static int place(int hash) {
        return hash & (PLACES - 1);
    }
}
