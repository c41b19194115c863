package io.millrace.cli.audit;

import io.millrace.cli.CommandFailure;

/** A record that must not become unreadable. */
final class HeldRecord extends CommandFailure {
    private static final long serialVersionUID = 1L;

    HeldRecord(long hold, int partition, long offset) {
        super("the record " + partition + ":" + offset + " is about the person, and its day is under the legal hold "
                + hold + "; release it with `millrace audit hold release " + hold + "` first");
    }
}
