package io.millrace.archive.verify;

import java.io.IOException;

/** A record does not follow from the one before it. */
final class WrongRecord extends IOException {

    private static final long serialVersionUID = 1L;

    private final long offset;
    private final String what;

    WrongRecord(long offset, String what) {
        super(what);
        this.offset = offset;
        this.what = what;
    }

    /** Returns what is wrong. */
    String what() {
        return what;
    }

    long offset() {
        return offset;
    }
}
