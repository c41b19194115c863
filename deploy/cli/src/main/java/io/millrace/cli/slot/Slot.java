package io.millrace.cli.slot;

/**
 * One logical replication slot.
 *
 * @param reader the process of the server that serves its reader; 0 if nobody reads
 * @param confirmed position up to which its reader needs nothing any more, as {@code 0/16B3748}; empty if it was lost
 * @param kept bytes of write-ahead log that Postgres keeps for it; -1 if it was lost
 * @param wal Postgres' word for whether that log is still there; empty before Postgres 13
 */
public record Slot(String name, String database, String plugin, int reader, String confirmed, long kept, String wal) {}
