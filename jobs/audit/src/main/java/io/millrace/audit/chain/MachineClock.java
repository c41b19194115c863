package io.millrace.audit.chain;

import java.io.Serializable;

/** The clock of the machine that chains. */
@FunctionalInterface
interface MachineClock extends Serializable {

    /** Returns milliseconds since 1970. */
    long millis();
}
