package io.millrace.common.source.postgres;

import java.io.Serializable;
import java.util.List;

/**
 * Where a capture begins.
 *
 * @param position in the write-ahead log, in bytes, below all changes that the job will write: the version of a
 *     snapshot's rows. A restored job keeps the one in its savepoint
 * @param published where the log ended when the publication had every table: the version of the rows of tables that a
 *     restored job does not know yet. Whatever lies above it is in the stream
 * @param unpublished schema and name of the tables that the publication did not have before, if the job is restored
 * @param numbers which tables are captured
 */
public record CaptureStart(long position, long published, List<String> unpublished, TableNumbers numbers)
        implements Serializable {

    public CaptureStart {
        unpublished = List.copyOf(unpublished);
    }

    /** Makes the start of tables whose numbers are not known. */
    public CaptureStart(long position, long published, List<String> unpublished) {
        this(position, published, unpublished, TableNumbers.NONE);
    }

    /** Returns the start of a job that has its tables, or reads them all. */
    public static CaptureStart at(long position) {
        return new CaptureStart(position, position, List.of());
    }

    /** Returns the same with another position of a snapshot's rows. */
    public CaptureStart from(long other) {
        return new CaptureStart(other, published, unpublished, numbers);
    }
}
