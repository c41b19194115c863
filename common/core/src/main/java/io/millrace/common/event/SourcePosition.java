package io.millrace.common.event;

import org.jspecify.annotations.Nullable;

/**
 * Where in the database a change happened, read from Debezium's {@code source} block.
 *
 * @param lsn position of the change in the WAL, in bytes; 0 for a snapshot row of Flink CDC
 * @param previousCommit position of the last commit before this change's transaction; 0 if unknown
 * @param commitTime epoch milliseconds of the commit; 0 if unknown
 * @param snapshot whether a snapshot read the row
 * @param block the whole {@code source} object as JSON; null if there is none (a lone tombstone)
 */
public record SourcePosition(
        long lsn, long previousCommit, long commitTime, boolean snapshot, byte @Nullable [] block) {}
