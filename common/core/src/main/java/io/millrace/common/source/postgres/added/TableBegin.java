package io.millrace.common.source.postgres.added;

/**
 * Where the reading of a table began.
 *
 * @param position in the write-ahead log, in bytes: the version of the rows. Each change at or below it is in the rows,
 *     each above it in the stream
 * @param storage the files that held the table then, by partition: others hold it once it was truncated
 */
record TableBegin(long position, String storage) {

    /** Stands for the files of a table that nobody has looked at. */
    static final String UNKNOWN = "";
}
