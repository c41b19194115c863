package io.millrace.common.source.postgres;

import io.debezium.connector.postgresql.SourceInfo;
import io.millrace.common.source.postgres.pgoutput.StreamedChange;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.cdc.connectors.base.source.meta.offset.Offset;
import org.apache.flink.cdc.connectors.base.source.meta.offset.OffsetFactory;

/**
 * How far the stream was emitted: every transaction up to a commit, and of the one that comes next the changes up to a
 * position in the log. Kept in the offset from which the source resumes.
 *
 * <p>An LSN alone orders the changes of one row, not of one key: a session can change and delete a row while another
 * waits to insert the same key, and the insert that survives has the lower LSN. So a change's order is the greatest of
 * its LSN, the commit before its transaction plus one, and the order of the change before it plus one.
 *
 * @param commit end of the last transaction that was emitted whole
 * @param begun number of the transaction of which only a part was emitted; {@link #NONE} if there is none
 * @param lsn of that part's last change; a transaction's changes are sent in this order
 * @param changes how many of them lie at this position: one record of the log can hold several rows
 * @param order the last change's place in the order of commits
 */
record StreamPlace(long commit, long begun, long lsn, long changes, long order) {

    static final long NONE = 0;

    private static final String BEGUN_KEY = "begun_tx";
    private static final String BEGUN_LSN_KEY = "begun_lsn";
    private static final String BEGUN_CHANGES_KEY = "begun_changes";
    private static final String ORDER_KEY = "order";

    /** Must be there; only the position counts. */
    private static final String UNKNOWN_TIME = "0";

    /**
     * Reads an offset.
     *
     * @param floor the order that the first change of all must lie above
     */
    static StreamPlace of(Offset offset, long floor) {
        Map<String, String> values = offset.getOffset();
        return new StreamPlace(
                number(values, SourceInfo.LSN_KEY),
                number(values, BEGUN_KEY),
                number(values, BEGUN_LSN_KEY),
                number(values, BEGUN_CHANGES_KEY),
                values.containsKey(ORDER_KEY) ? number(values, ORDER_KEY) : floor);
    }

    /** Postgres sends again whatever committed after the offset's position, from its beginning. */
    Offset toOffset(OffsetFactory offsets) {
        Map<String, String> values = new HashMap<>();
        values.put(SourceInfo.LSN_KEY, Long.toString(commit));
        values.put(SourceInfo.TIMESTAMP_USEC_KEY, UNKNOWN_TIME);
        values.put(ORDER_KEY, Long.toString(order));
        if (begun != NONE) {
            values.put(BEGUN_KEY, Long.toString(begun));
            values.put(BEGUN_LSN_KEY, Long.toString(lsn));
            values.put(BEGUN_CHANGES_KEY, Long.toString(changes));
        }
        return offsets.newOffset(values);
    }

    /** Returns the place from which Postgres sends again what this one has behind it of the begun transaction. */
    StreamPlace beginning() {
        return new StreamPlace(commit, begun, 0, 0, order);
    }

    /** Returns the place behind a change. */
    StreamPlace afterChange(StreamedChange change) {
        long previous = commitBefore(change);
        boolean samePosition = previous == commit && change.transaction() == begun && change.lsn() == lsn;
        return new StreamPlace(
                previous,
                change.transaction(),
                change.lsn(),
                samePosition ? changes + 1 : 1,
                Math.max(change.lsn(), Math.max(previous, order) + 1));
    }

    /** Returns the same place for a change that was given its order before. */
    StreamPlace withOrder(long known) {
        return new StreamPlace(commit, begun, lsn, changes, known);
    }

    /** Returns the place behind a commit. */
    StreamPlace afterCommit(StreamedChange news) {
        long previous = commitBefore(news);
        return previous == commit ? this : new StreamPlace(previous, NONE, 0, 0, order);
    }

    /** Returns whether the other place lies in the part of the begun transaction that this one has behind it. */
    boolean covers(StreamPlace other) {
        return begun != NONE
                && begun == other.begun
                && (other.lsn < lsn || (other.lsn == lsn && other.changes <= changes));
    }

    private long commitBefore(StreamedChange change) {
        return change.previousCommit() == StreamedChange.UNKNOWN ? commit : change.previousCommit();
    }

    private static long number(Map<String, String> offset, String key) {
        String value = offset.get(key);
        return value == null ? 0 : Long.parseLong(value);
    }
}
