package io.millrace.archive.crypt;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The key store did not give a key: it is down, or not ours. */
public final class KeyStoreException extends IOException {

    private static final long serialVersionUID = 1L;

    private final boolean passing;

    private KeyStoreException(String message, @Nullable Throwable cause, boolean passing) {
        super(message, cause);
        this.passing = passing;
    }

    /** Returns one that another try may not meet: the job waits, and tries again. */
    public static KeyStoreException outage(String message, @Nullable Throwable cause) {
        return new KeyStoreException(message, cause, true);
    }

    /** Returns one that stays: whoever asked does not start, or ends. */
    public static KeyStoreException lasting(String message) {
        return new KeyStoreException(message, null, false);
    }

    /** Says whether another try may succeed. */
    public boolean isOutage() {
        return passing;
    }
}
