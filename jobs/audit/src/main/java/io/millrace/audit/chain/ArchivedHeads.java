package io.millrace.audit.chain;

import io.millrace.archive.manifest.Head;
import java.io.IOException;
import java.io.Serializable;

/** Tells where the archive of a partition ends. */
@FunctionalInterface
public interface ArchivedHeads extends Serializable {

    /** Reads it from the partition's manifest. */
    Head read(int partition) throws IOException;
}
