package io.millrace.analytics.event;

import java.nio.charset.StandardCharsets;
import org.apache.datasketches.hash.MurmurHash3;

/**
 * A look at a page, without the page.
 *
 * @param visitor a hash of who it was, or {@link #NOBODY}
 */
public record Visit(Stamp stamp, long visitor) implements Stamped {

    /** Of a view that names neither a user nor a session. */
    public static final long NOBODY = 0;

    private static final long SEED = 9_001L;

    /** Returns the visitor of a user. */
    public static long user(String userId) {
        return hash("user:" + userId);
    }

    /** Returns the visitor of a session whose user is not known. */
    public static long session(String sessionId) {
        return hash("session:" + sessionId);
    }

    private static long hash(String name) {
        long hash = MurmurHash3.hash(name.getBytes(StandardCharsets.UTF_8), SEED)[0];
        return hash == NOBODY ? 1 : hash;
    }
}
