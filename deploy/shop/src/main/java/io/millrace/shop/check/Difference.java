package io.millrace.shop.check;

/**
 * One thing that a target has otherwise than its source.
 *
 * @param table the table's name
 * @param key {@code name=value} of each key column
 * @param column the column, or {@code *} for a row that is missing or should not be there
 * @param expected what the source has, shortened
 * @param found what the target has, shortened
 */
public record Difference(String table, String key, String column, String expected, String found) {

    private static final int SHOWN = 80;

    static Difference of(String table, RowKey key, String column, Object expected, Object found) {
        return new Difference(
                table, key.toString(), column, shortened(expected.toString()), shortened(found.toString()));
    }

    @Override
    public String toString() {
        return table + " " + key + " " + column + ": expected " + expected + ", found " + found;
    }

    private static String shortened(String value) {
        return value.length() <= SHOWN
                ? value
                : value.substring(0, SHOWN) + "… (" + value.length() + " characters, hash "
                        + Integer.toHexString(value.hashCode()) + ")";
    }
}
