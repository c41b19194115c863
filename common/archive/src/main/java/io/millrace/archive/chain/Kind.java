package io.millrace.archive.chain;

import java.util.Locale;

/** What kind of record it is. */
public enum Kind {
    /** An event by the contract. */
    EVENT,
    /** Bytes that are none; they are kept as they came. */
    MALFORMED,
    /** A record of a person whose erasure had been asked for when it was archived: its place is kept, and no content. */
    ERASED;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** Returns how the archive writes it. */
    public String text() {
        return text;
    }

    /**
     * Returns the kind that a text names.
     *
     * @throws IllegalArgumentException if none is called so
     */
    public static Kind of(String text) {
        for (Kind kind : values()) {
            if (kind.text.equals(text)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("'" + text + "' is no kind of record; event, malformed and erased are");
    }
}
