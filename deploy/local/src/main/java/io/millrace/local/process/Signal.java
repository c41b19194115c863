package io.millrace.local.process;

/** The signals that a local server is sent. */
public enum Signal {
    TERM,
    INT,
    KILL,
    STOP,
    CONT,
    USR2
}
