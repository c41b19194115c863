package io.millrace.archive.parquet;

/**
 * A column of the archive's files.
 *
 * @param optional whether a row may have no value
 */
record Column(String name, ColumnType type, boolean optional) {

    static Column required(String name, ColumnType type) {
        return new Column(name, type, false);
    }

    static Column optional(String name, ColumnType type) {
        return new Column(name, type, true);
    }
}
