package io.millrace.common.source.postgres.pgoutput;

/**
 * The transaction whose changes come.
 *
 * @param commitTime epoch milliseconds
 * @param previousCommit end of the one before; {@link StreamedChange#UNKNOWN} for the first
 */
record Transaction(long number, long commitTime, long previousCommit) {}
