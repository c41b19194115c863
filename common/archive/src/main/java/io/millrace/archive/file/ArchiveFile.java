package io.millrace.archive.file;

import java.io.Closeable;
import java.io.IOException;

/** A file of the archive that is open for reading. Used by one thread. */
public interface ArchiveFile extends Closeable {

    /** Returns its size in bytes. */
    long size();

    /**
     * Reads a part of it.
     *
     * @throws IOException if the part is not all there, or cannot be read
     */
    byte[] read(long position, int length) throws IOException;
}
