package io.millrace.common.source.postgres;

import java.io.Serializable;

/**
 * How much write-ahead log a slot may keep before somebody should look.
 *
 * @param warning bytes from which the database's disk is worth a look
 * @param critical bytes from which it is in danger
 */
public record WalLimits(long warning, long critical) implements Serializable {

    public static final WalLimits DEFAULT = new WalLimits(1L << 30, 10L << 30);

    /** Returns 0 below both, 1 from the warning on, 2 when it is critical; negative if the bytes are unknown. */
    int level(long bytes) {
        if (bytes < 0) {
            return -1;
        }
        return bytes >= critical ? 2 : bytes >= warning ? 1 : 0;
    }
}
