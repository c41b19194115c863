package io.millrace.archive.file;

import io.millrace.archive.bytes.Hash;
import io.millrace.archive.bytes.Sha256;
import java.io.Closeable;
import java.io.IOException;
import java.security.MessageDigest;

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

    /** Returns the SHA-256 of all its bytes. */
    default Hash sha256() throws IOException {
        MessageDigest digest = Sha256.digest();
        int block = 1 << 20;
        for (long at = 0; at < size(); at += block) {
            digest.update(read(at, (int) Math.min(block, size() - at)));
        }
        return Hash.of(digest.digest());
    }
}
