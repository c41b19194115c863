package io.millrace.shop.check;

import java.util.List;

/**
 * What identifies a row in every target.
 *
 * @param columns {@code name=value} of each key column
 */
record RowKey(List<String> columns) implements Comparable<RowKey> {

    @Override
    public int compareTo(RowKey other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return String.join(",", columns);
    }
}
