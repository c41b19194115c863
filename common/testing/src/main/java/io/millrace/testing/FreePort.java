package io.millrace.testing;

import io.millrace.local.Ports;

/**
 * A port for a server that a test starts itself. No other test gets it while this process lives, nor does Linux give it to
 * an outgoing connection, also while nobody listens on it: before the server starts, and when it is away.
 */
public final class FreePort {

    private FreePort() {}

    /** Returns one on which nobody listens at this moment. */
    public static int reserve() {
        return Ports.freeOne();
    }
}
