package io.millrace.common.source.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.event.Operation;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowSchema;
import io.millrace.common.event.SourcePosition;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A row that is gone, a session that ends, a database that is away. */
@WithServers(Server.POSTGRES)
class RowReaderOutageIT {

    private static final String NAME = "rowreaderoutage";
    private static final List<Duration> ALL_PAUSES = LongStream.of(100, 200, 400, 800, 1600, 3200, 3700)
            .mapToObj(Duration::ofMillis)
            .toList();

    private final List<Duration> pauses = new ArrayList<>();
    private Database database;
    private RowReader reader;

    @BeforeEach
    void createTable(Addresses addresses) throws SQLException {
        database = new Database(addresses, NAME);
        database.execute(
                "CREATE TABLE t (id bigint PRIMARY KEY, data bytea, nothing text)",
                "INSERT INTO t VALUES (1, '\\x00ff5c27')");
        reader = new RowReader(database.address(), RowReader.LONGEST_WAIT, pauses::add);
    }

    @AfterEach
    void dropDatabase() throws SQLException {
        reader.close();
        database.close();
    }

    @Test
    void aRowThatIsGoneHasNoValues() throws Exception {
        assertThat(read(2)).isEmpty();
        assertThat(read(1)).isPresent();

        database.execute("DELETE FROM t");

        assertThat(read(1)).isEmpty();
        assertThat(pauses).isEmpty();
    }

    @Test
    void readsNullAsNull() throws Exception {
        assertRead();
    }

    @Test
    void readsTheOlderFormOfBytesToo() throws Exception {
        database.execute("ALTER DATABASE " + NAME + " SET bytea_output = 'escape'");

        assertRead();
    }

    @Test
    void readsOnceMoreWhenItsSessionWasEnded() throws Exception {
        assertRead();
        assertThat(pauses).isEmpty();

        assertThat(database.kill("millrace read back")).isEqualTo(1);

        assertRead();
        assertThat(pauses).containsExactly(Duration.ofMillis(100));
    }

    @Test
    void readsWhenTheTypeOfAKeyHasChangedSinceTheLastTime() throws Exception {
        assertRead();

        database.execute("ALTER TABLE t ALTER id TYPE text");

        assertRead();
    }

    @Test
    void waitsForADatabaseThatComesBack() throws Exception {
        database.asAdministrator("ALTER DATABASE " + NAME + " ALLOW_CONNECTIONS false");
        reader = new RowReader(database.address(), RowReader.LONGEST_WAIT, time -> {
            pauses.add(time);
            if (pauses.size() == 4) {
                allowConnections();
            }
        });

        assertRead();

        assertThat(pauses).isEqualTo(ALL_PAUSES.subList(0, 4));
    }

    @Test
    void givesUpAfterTenSecondsWithoutNamingThePassword() throws Exception {
        database.asAdministrator("ALTER DATABASE " + NAME + " ALLOW_CONNECTIONS false");

        assertThatThrownBy(() -> read(1))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("public.t", database.address().url(), "8 attempts", "not currently accepting")
                .hasMessageNotContaining(Database.PASSWORD);

        assertThat(pauses).isEqualTo(ALL_PAUSES);
        assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void eachReadHasItsOwnTenSeconds() throws Exception {
        givesUpAfterTenSecondsWithoutNamingThePassword();
        pauses.clear();

        assertThatThrownBy(() -> read(1)).isInstanceOf(IOException.class);

        assertThat(pauses).isEqualTo(ALL_PAUSES);
        allowConnections();
        assertRead();
    }

    @Test
    void anInterruptEndsTheWaitAndStaysSet() throws Exception {
        database.asAdministrator("ALTER DATABASE " + NAME + " ALLOW_CONNECTIONS false");
        reader = new RowReader(database.address(), RowReader.LONGEST_WAIT, time -> {
            throw new InterruptedException();
        });

        assertThatThrownBy(() -> read(1)).isInstanceOf(InterruptedIOException.class);

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void quotesNamesOfTablesAndColumns() throws Exception {
        database.execute(
                "CREATE TABLE \"Odd \"\"one\" (\"Key \"\"2\" text PRIMARY KEY, \"c \"\"3\" text)",
                "INSERT INTO \"Odd \"\"one\" VALUES ('k', 'found')");
        byte[] key = bytes("{\"Key \\\"2\":\"k\"}");
        RowSchema schema = new RowSchema(bytes("{}"), bytes("{}"));
        SourcePosition nowhere = new SourcePosition(0, 0, 0, false, null);
        RowChange change =
                new RowChange("public.Odd \"one", Operation.UPDATE, 1, key, null, key, schema, nowhere, null);

        Map<String, byte[]> read =
                reader.read(change, schema, List.of("c \\\"3")).orElseThrow();

        assertThat(read).containsOnlyKeys("c \\\"3");
        assertThat(read.get("c \\\"3")).asString(UTF_8).isEqualTo("\"found\"");
    }

    private void allowConnections() {
        try {
            database.asAdministrator("ALTER DATABASE " + NAME + " ALLOW_CONNECTIONS true");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void assertRead() throws Exception {
        Map<String, byte[]> row = read(1).orElseThrow();
        assertThat(row).containsOnlyKeys("data", "nothing");
        assertThat(row.get("data")).asString(UTF_8).isEqualTo("\"AP9cJw==\"");
        assertThat(row.get("nothing")).asString(UTF_8).isEqualTo("null");
    }

    private Optional<Map<String, byte[]>> read(long id) throws Exception {
        byte[] key = bytes("{\"id\":" + id + "}");
        RowSchema schema = new RowSchema(
                bytes("{\"fields\":[{\"field\":\"id\",\"type\":\"int64\"}]}"),
                bytes("{\"fields\":[{\"field\":\"after\",\"fields\":[{\"field\":\"data\",\"type\":\"bytes\"},"
                        + "{\"field\":\"nothing\",\"type\":\"string\"}]}]}"));
        SourcePosition nowhere = new SourcePosition(0, 0, 0, false, null);
        RowChange change = new RowChange("public.t", Operation.UPDATE, 1, key, null, key, schema, nowhere, null);
        return reader.read(change, schema, List.of("data", "nothing"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
