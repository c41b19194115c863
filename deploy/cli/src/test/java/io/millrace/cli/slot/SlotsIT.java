package io.millrace.cli.slot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.cli.CommandLineRun;
import io.millrace.cli.ProjectFolder;
import io.millrace.cli.Workspace;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.replication.PGReplicationStream;

@WithServers(Server.POSTGRES)
class SlotsIT {
    private static final String SLOT = "it_slot";

    private final Addresses addresses;

    SlotsIT(Addresses addresses) {
        this.addresses = addresses;
    }

    @BeforeEach
    void createSlot() throws SQLException {
        query("CREATE TABLE it_rows (id int PRIMARY KEY)");
        query("CREATE PUBLICATION it_slot FOR TABLE it_rows");
        query("SELECT pg_create_logical_replication_slot('it_slot', 'pgoutput')");
    }

    @AfterEach
    void removeAll() throws SQLException {
        query("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = 'it_slot'");
        query("DROP PUBLICATION it_slot");
        query("DROP TABLE it_rows");
    }

    @Test
    void listsWhatASlotKeepsAndForWhom() throws Exception {
        query("INSERT INTO it_rows SELECT generate_series(1, 1000)");

        CommandLineRun list = slot("list");

        assertThat(list.err()).isEmpty();
        assertThat(list.out().lines().findFirst().orElseThrow())
                .matches("SLOT +DATABASE +READER +CONFIRMED +KEPT +WAL");
        assertThat(list.out()).containsPattern("it_slot +postgres +nobody +0/[0-9A-F]+ +[0-9.]+ [KM]iB +reserved");
        JsonNode json = json();
        assertThat(json.path("confirmed").asText())
                .isEqualTo(
                        query("SELECT confirmed_flush_lsn" + " FROM pg_replication_slots WHERE slot_name = 'it_slot'"));
        assertThat(json.path("keptBytes").asLong()).isGreaterThan(50_000);
        assertThat(json.path("reader").isNull()).isTrue();
    }

    @Test
    void dropsASlotThatNobodyReads() throws Exception {
        CommandLineRun drop = slot("drop", SLOT);

        assertThat(drop.err()).isEmpty();
        assertThat(drop.out()).startsWith("dropped it_slot, for which Postgres kept ");
        assertThat(query("SELECT count(*) FROM pg_replication_slots WHERE slot_name = 'it_slot'"))
                .isEqualTo("0");
    }

    @Test
    void doesNotTakeASlotFromItsReaderUnlessForced() throws Exception {
        try (Connection reading = connect(true)) {
            assertThat(read(reading).isClosed()).isFalse();
            assertThat(json().path("reader").asInt()).isPositive();

            CommandLineRun refused = slot("drop", SLOT);
            CommandLineRun unmoved = slot("advance", SLOT, "--to-end");
            CommandLineRun forced = slot("drop", SLOT, "--force");

            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.err())
                    .contains("it_slot is being read, by process")
                    .contains("--force");
            assertThat(unmoved.code()).isEqualTo(1);
            assertThat(unmoved.err()).contains("stop its job first");
            assertThat(forced.err()).isEmpty();
            assertThat(query("SELECT count(*) FROM pg_replication_slots WHERE slot_name = 'it_slot'"))
                    .isEqualTo("0");
        }
    }

    @Test
    void movesASlotPastWhatNobodyIsToRead() throws Exception {
        query("INSERT INTO it_rows VALUES (1)");
        String middle = query("SELECT pg_current_wal_insert_lsn()");
        query("INSERT INTO it_rows VALUES (2)");
        int both = waiting();

        CommandLineRun first = slot("advance", SLOT, "--to", middle);
        int one = waiting();
        CommandLineRun all = slot("advance", SLOT, "--to-end");

        assertThat(first.err()).isEmpty();
        assertThat(first.out()).startsWith("it_slot stands at 0/");
        assertThat(one).isPositive().isLessThan(both);
        assertThat(all.err()).isEmpty();
        assertThat(waiting()).isZero();
    }

    @Test
    void saysWhyASlotCannotBeMovedOrFound() throws Exception {
        CommandLineRun back = slot("advance", SLOT, "--to", "0/1");
        CommandLineRun unknown = slot("drop", "no_slot");
        CommandLineRun both = slot("advance", SLOT, "--to", "0/1", "--to-end");
        CommandLineRun noPosition = slot("advance", SLOT, "--to", "12");

        assertThat(back.code()).isEqualTo(1);
        assertThat(back.err())
                .contains("Postgres does not move it_slot from 0/")
                .contains("to 0/1");
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.err()).contains("there is no logical slot no_slot").contains(SLOT);
        assertThat(both.code()).isEqualTo(2);
        assertThat(noPosition.code()).isEqualTo(2);
        assertThat(noPosition.err()).contains("must be a position such as 0/16B3748");
    }

    private CommandLineRun slot(String... arguments) {
        List<String> line = new ArrayList<>(List.of("cdc", "slot"));
        line.addAll(Arrays.asList(arguments));
        line.addAll(List.of("--postgres", addresses.postgresUrl()));
        Workspace workspace = new Workspace(ProjectFolder.root(), Map.of("PGUSER", addresses.postgresUser()));
        return CommandLineRun.of(workspace, line.toArray(String[]::new));
    }

    private JsonNode json() throws Exception {
        for (JsonNode slot : new ObjectMapper().readTree(slot("list", "--json").out())) {
            if (slot.path("slot").asText().equals(SLOT)) {
                return slot;
            }
        }
        throw new AssertionError("the list has no " + SLOT);
    }

    /** Returns how many messages the slot still has for a reader. */
    private int waiting() throws SQLException {
        return Integer.parseInt(query("SELECT count(*) FROM pg_logical_slot_peek_binary_changes('it_slot', NULL, NULL,"
                + " 'proto_version', '1', 'publication_names', 'it_slot')"));
    }

    private static PGReplicationStream read(Connection connection) throws SQLException {
        return connection
                .unwrap(PGConnection.class)
                .getReplicationAPI()
                .replicationStream()
                .logical()
                .withSlotName(SLOT)
                .withSlotOption("proto_version", "1")
                .withSlotOption("publication_names", SLOT)
                .start();
    }

    /** Returns the first column of the first row; empty if there is none. */
    private String query(String sql) throws SQLException {
        try (Connection connection = connect(false);
                Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            try (ResultSet rows = statement.getResultSet()) {
                return rows.next() ? rows.getString(1) : "";
            }
        }
    }

    private Connection connect(boolean replication) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", addresses.postgresUser());
        if (replication) {
            properties.setProperty("replication", "database");
            properties.setProperty("preferQueryMode", "simple");
            properties.setProperty("assumeMinServerVersion", "10");
        }
        return DriverManager.getConnection(addresses.postgresUrl(), properties);
    }
}
