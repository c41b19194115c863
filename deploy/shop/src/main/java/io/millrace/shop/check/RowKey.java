package io.millrace.shop.check;

import java.util.List;

/**
 * What identifies a row in every target.
 *
 * @param text {@code name=value} of each key column, by commas
 */
record RowKey(String text) implements Comparable<RowKey> {

    /** Makes the key of these columns, each {@code name=value}. */
    RowKey(List<String> columns) {
        this(String.join(",", columns));
    }

    @Override
    public int compareTo(RowKey other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
