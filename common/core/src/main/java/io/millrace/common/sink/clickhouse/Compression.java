package io.millrace.common.sink.clickhouse;

/** How inserts are compressed on their way. */
public enum Compression {
    NONE,
    LZ4
}
