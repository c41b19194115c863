package io.millrace.analytics.event;

import java.nio.charset.StandardCharsets;
import org.apache.datasketches.hash.MurmurHash3;

/**
 * What tells whether two events are one: the hash, of 128 bits, of the name that its producer gave an event. Two names of
 * a billion share one with a chance below 10⁻²⁰.
 */
public record EventId(long high, long low) {

    private static final long SEED = 9_001L;

    /** Returns the identity of a name. */
    public static EventId of(String name) {
        long[] hash = MurmurHash3.hash(name.getBytes(StandardCharsets.UTF_8), SEED);
        return new EventId(hash[0], hash[1]);
    }
}
