package io.millrace.shop.check;

/**
 * One column of a table in Postgres.
 *
 * @param type of the column, or of the elements of an array
 * @param precision digits of a second that a time or timestamp keeps; 6 unless declared otherwise
 */
record SourceColumn(String name, ColumnType type, boolean array, int precision) {

    /** Returns the SQL that gives the value as JSON in its canonical form. */
    String expression() {
        String column = '"' + name.replace("\"", "\"\"") + '"';
        if (array) {
            return "to_jsonb(" + column + ")";
        }
        return switch (type) {
            case JSON -> column + "::jsonb";
            case BYTES -> "to_jsonb(translate(encode(" + column + ", 'base64'), E'\\n', ''))";
            case TIME -> "to_jsonb(to_char('2000-01-01'::date + " + column + ", 'HH24:MI:SS.US'))";
            case TIMESTAMP -> "to_jsonb(to_char(" + column + ", 'YYYY-MM-DD\"T\"HH24:MI:SS.US'))";
            case TIMESTAMP_WITH_ZONE ->
                "to_jsonb(to_char(" + column + " AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'))";
            default -> "to_jsonb(" + column + ")";
        };
    }
}
