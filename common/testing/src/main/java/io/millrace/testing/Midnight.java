package io.millrace.testing;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/** When a day ends, in UTC: it is sealed then, its files are joined, and what is some days old is a day older. */
public final class Midnight {

    /** Longer than a test takes. */
    private static final Duration NEAR = Duration.ofMinutes(3);

    private Midnight() {}

    /** Lets it come first where it is near, so that it does not come in the middle of a test. */
    public static void pass() {
        pass(NEAR);
    }

    /**
     * Lets it come first where it is near.
     *
     * @param near the longest that it is waited for, and how long it does not come from then on
     */
    public static void pass(Duration near) {
        await("midnight has passed, or is far").atMost(near.plusMinutes(1)).until(() -> isFar(near));
    }

    private static boolean isFar(Duration near) {
        ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC);
        return now.plus(near).toLocalDate().equals(now.toLocalDate());
    }
}
