package io.millrace.archive.verify;

import io.millrace.archive.bytes.Hash;
import io.millrace.archive.digest.SealedFile;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Files that were read before, of which nothing was wrong: as long as the archive names the same at the same place of the
 * chain, they are not read again. Whoever changes a file after that is found once it is read anew. Not for several
 * threads.
 */
public final class VerifiedFiles {

    private Set<Read> before = new HashSet<>();
    private Set<Read> now = new HashSet<>();

    private record Read(
            SealedFile file, ChainLink link, @Nullable Hash firstHash) {}

    /** Says whether a file was read, and takes it as read if it was. */
    boolean has(SealedFile file, ChainLink link, @Nullable Hash firstHash) {
        Read read = new Read(file, link, firstHash);
        return now.contains(read) || (before.contains(read) && now.add(read));
    }

    void add(SealedFile file, ChainLink link, @Nullable Hash firstHash) {
        now.add(new Read(file, link, firstHash));
    }

    /** Forgets what was not asked for since the last time: it is not named any longer. */
    void keepNamed() {
        before = now;
        now = new HashSet<>();
    }

    /** Returns how many are remembered. */
    public int count() {
        return before.size() + now.size();
    }

    /** Forgets all, so that each file is read again. */
    public void clear() {
        before.clear();
        now.clear();
    }
}
