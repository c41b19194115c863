package io.millrace.local.server;

import io.millrace.local.Port;
import io.millrace.local.Server;
import io.millrace.local.StartListener;
import io.millrace.local.process.Launch;
import io.millrace.local.process.Signal;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** One process of a server: what it needs before it starts, how it starts, how one knows that it serves. */
public interface ServerProcess {

    /** Returns its name, which is the server's own or begins with it. */
    String name();

    /** Returns the server it belongs to. */
    Server server();

    /** Returns the ports it listens on. */
    List<Port> ports();

    /** Writes its configuration, and its data folder at the first start. */
    void prepare(StartListener listener) throws IOException, InterruptedException;

    /** Returns the command that starts it; valid after {@link #prepare}. */
    Launch launch() throws IOException, InterruptedException;

    /**
     * Asks it a question of its own protocol.
     *
     * @return whether it serves
     * @throws IOException if it does not answer yet
     */
    boolean answers() throws IOException, InterruptedException;

    /** Returns the signal after which it ends in good order. */
    default Signal stopSignal() {
        return Signal.TERM;
    }

    /** Returns how long it may take to end in good order. */
    default Duration stopDeadline() {
        return Duration.ofSeconds(20);
    }
}
