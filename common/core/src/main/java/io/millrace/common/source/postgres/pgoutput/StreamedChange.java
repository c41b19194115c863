package io.millrace.common.source.postgres.pgoutput;

import io.millrace.common.event.RowChange;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * One change of the stream, a row of a snapshot, or the news that the stream begins or a transaction is whole; in the
 * dress of a record of Debezium's, because that is what Flink CDC's readers hand on.
 */
public final class StreamedChange extends SourceRecord {

    /** Stands for a commit before the first transaction that was read since the start. */
    public static final long UNKNOWN = 0;

    private final transient @Nullable RowChange change;
    private final long transaction;
    private final long lsn;
    private final long previousCommit;

    private StreamedChange(@Nullable RowChange change, long transaction, long lsn, long previousCommit) {
        super(Map.of(), Map.of(), "", null, null, null, null, null);
        this.change = change;
        this.transaction = transaction;
        this.lsn = lsn;
        this.previousCommit = previousCommit;
    }

    /** Carries a change without a version. */
    public static StreamedChange of(RowChange change, long transaction) {
        return new StreamedChange(
                change, transaction, change.source().lsn(), change.source().previousCommit());
    }

    /** Says that the stream begins, behind where the job goes on from: it comes before all changes. */
    public static StreamedChange begin() {
        return new StreamedChange(null, 0, 0, UNKNOWN);
    }

    /** Says that every transaction up to this position is whole. */
    public static StreamedChange commit(long position) {
        return new StreamedChange(null, 0, 0, position);
    }

    /** Returns whether this is the news that the stream begins. */
    public boolean isBegin() {
        return change == null && previousCommit == UNKNOWN;
    }

    /** Returns the change; null if there is none, only news. */
    public @Nullable RowChange change() {
        return change;
    }

    /** Returns the number of the change's transaction. */
    public long transaction() {
        return transaction;
    }

    /** Returns the change's position in the log. */
    public long lsn() {
        return lsn;
    }

    /** Returns the end of the last transaction before; {@link #UNKNOWN} before the first that was read. */
    public long previousCommit() {
        return previousCommit;
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
