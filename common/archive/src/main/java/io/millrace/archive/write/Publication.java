package io.millrace.archive.write;

import java.io.IOException;

/** Gives a finished file its name. */
@FunctionalInterface
public interface Publication {

    /** Makes the file visible, whole; if that was done before, nothing happens. */
    void publish() throws IOException;
}
