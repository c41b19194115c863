package io.millrace.archive.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;

/** A file that is being written. Closed before it is finished, it leaves nothing, or something that readers skip. */
public interface NewFile extends Closeable {

    /** Returns where its bytes go; closing the stream does not finish the file. */
    OutputStream stream();

    /** Gives the file its name, in the place of any that had it: a reader sees the old or the new one, whole. */
    void finish() throws IOException;
}
