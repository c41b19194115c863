package io.millrace.cdc.model;

import java.util.Locale;

/** Where row changes can go. */
public enum Target {
    KAFKA,
    ELASTICSEARCH,
    REDIS,
    CLICKHOUSE,
    POSTGRES,
    NOTIFICATIONS;

    /** Whether it finds by itself what is older than a snapshot. A topic gets each deletion; people are told of none. */
    public boolean sweeps() {
        return this != KAFKA && this != NOTIFICATIONS;
    }

    /** Returns the word for it in configuration, metrics and uids. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
