package io.millrace.common.sink.clickhouse;

import io.millrace.common.sink.clickhouse.type.CellType;

/**
 * A column that rows are written to.
 *
 * @param spelling of its type, as the table has it
 * @param key whether the table is sorted by it, and so finds the versions of one row
 */
record TableColumn(String name, CellType type, String spelling, boolean key) {

    TableColumn(String name, CellType type, boolean key) {
        this(name, type, type.ddl(), key);
    }
}
