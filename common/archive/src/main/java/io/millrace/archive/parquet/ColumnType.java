package io.millrace.archive.parquet;

/** A column's type, with the numbers that Parquet gives it. */
enum ColumnType {
    /** A number of 32 bits. */
    INT32(1),
    /** Milliseconds since 1970, in UTC. */
    TIMESTAMP(2),
    /** A number of 64 bits. */
    INT64(2),
    /** Bytes of any number. */
    BYTES(6),
    /** UTF-8. */
    TEXT(6),
    /** The 32 bytes of a hash. */
    HASH(7);

    private final int physical;

    ColumnType(int physical) {
        this.physical = physical;
    }

    /** Returns the number of the physical type. */
    int physical() {
        return physical;
    }

    boolean isVariable() {
        return this == BYTES || this == TEXT;
    }

    boolean isLong() {
        return this == INT64 || this == TIMESTAMP;
    }
}
