package io.millrace.shop.visitors.check;

import io.millrace.shop.check.ClickHouseHttp;
import java.time.Instant;

/**
 * Where tables of results are.
 *
 * @param since rows that begin before are those of others
 */
record Warehouse(ClickHouseHttp http, String database, Instant since) {

    /** Returns a table's or view's name as it is written in SQL. */
    String table(String name) {
        return database + "." + name;
    }
}
