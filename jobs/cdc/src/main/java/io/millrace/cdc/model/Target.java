package io.millrace.cdc.model;

import java.util.Locale;

/** Where row changes can go. */
public enum Target {
    KAFKA,
    ELASTICSEARCH,
    REDIS,
    CLICKHOUSE,
    POSTGRES;

    /** Returns the word for it in configuration, metrics and uids. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
