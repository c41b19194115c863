package io.millrace.local;

import java.util.Locale;

/** The servers of a local run, each a real one. */
public enum Server {
    KAFKA,
    POSTGRES,
    REDIS,
    ELASTICSEARCH,
    CLICKHOUSE,
    FLINK;

    /** Returns the name that people read and folders carry, such as {@code kafka}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
