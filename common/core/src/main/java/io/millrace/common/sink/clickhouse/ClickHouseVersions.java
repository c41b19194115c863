package io.millrace.common.sink.clickhouse;

import io.millrace.common.config.Problems;
import io.millrace.common.replay.HighestVersion;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The highest versions that tables of ClickHouse hold. */
public final class ClickHouseVersions {

    private ClickHouseVersions() {}

    /**
     * Notes the highest version of each table that exists; nothing is changed.
     *
     * @param path where the configuration says how ClickHouse is reached
     * @param problems says so if it does not answer
     */
    public static void read(ClickHouseConfig config, String path, HighestVersion highest, Problems problems) {
        String database = config.connection().database();
        try (ClickHouseClient client = new HttpClickHouse(config.connection(), 1)) {
            Tables tables = new Tables(client, database, config.migrated());
            for (ClickHouseRoute route : config.routes()) {
                if (!tables.sortingKey(route).isEmpty()) {
                    List<Map<String, String>> rows = client.query(new Statements(database, route).highestVersion());
                    highest.note(
                            Long.parseLong(String.valueOf(rows.get(0).get("highest"))),
                            "the table " + database + "." + route.name() + " of ClickHouse");
                }
            }
        } catch (IOException e) {
            problems.add(path, "cannot be used: " + e.getMessage());
        }
    }
}
