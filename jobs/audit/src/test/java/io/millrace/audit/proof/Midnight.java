package io.millrace.audit.proof;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/** When a day ends that is sealed then, and whose files are joined. */
final class Midnight {

    /** Longer than a test takes. */
    private static final Duration NEAR = Duration.ofMinutes(3);

    private Midnight() {}

    /** Lets it come first where it is near, so that it does not come in the middle of a test. */
    static void pass() {
        await("midnight has passed, or is far").atMost(NEAR.plusMinutes(1)).until(Midnight::isFar);
    }

    private static boolean isFar() {
        ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC);
        return now.plus(NEAR).toLocalDate().equals(now.toLocalDate());
    }
}
