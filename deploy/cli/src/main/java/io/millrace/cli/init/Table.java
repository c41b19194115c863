package io.millrace.cli.init;

import java.util.List;

/**
 * A table of somebody's database.
 *
 * @param key the columns of its primary key, in their order; empty if it has none
 * @param rows as Postgres estimates; 0 if it never has
 * @param bytes on disk, with indices and large values
 */
record Table(String schema, String name, List<String> key, long rows, long bytes) {

    String fullName() {
        return schema + "." + name;
    }
}
