package io.millrace.common.source.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.event.Operation;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowSchema;
import io.millrace.common.event.SourcePosition;
import io.millrace.common.postgres.Sql;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A row whose change the stream has told, while nobody else sees its transaction yet. */
@WithServers(Server.POSTGRES)
class UnseenRowIT {

    private static final RowSchema SCHEMA = new RowSchema(
            bytes("{\"fields\":[{\"field\":\"id\",\"type\":\"int32\"}]}"),
            bytes("{\"fields\":[{\"field\":\"after\",\"fields\":[{\"field\":\"id\",\"type\":\"int32\"},"
                    + "{\"field\":\"bio\",\"type\":\"string\"}]}]}"));

    private Database database;
    private Connection writer;
    private long transaction;

    @BeforeEach
    void writeWithoutCommitting(Addresses addresses) throws Exception {
        database = new Database(addresses, "unseenrow");
        database.execute("CREATE TABLE t (id int PRIMARY KEY, bio text)", "INSERT INTO t VALUES (1, 'old')");
        writer = database.address().connect("writer");
        writer.setAutoCommit(false);
        Sql sql = new Sql(writer);
        sql.execute("UPDATE t SET bio = 'new'");
        sql.execute("INSERT INTO t VALUES (2, 'new')");
        transaction = Long.parseLong(sql.value("SELECT txid_current()")) & 0xffffffffL;
    }

    @AfterEach
    void dropDatabase() throws Exception {
        writer.close();
        database.close();
    }

    @Test
    void isWaitedForAndNeitherGoneNorOld() throws Exception {
        for (int id = 1; id <= 2; id++) {
            try (RowReader reader = new RowReader(database.address(), RowReader.LONGEST_WAIT, time -> commit())) {
                Optional<Map<String, byte[]>> read = reader.read(change(id, transaction), SCHEMA, List.of("bio"));

                assertThat(new String(read.orElseThrow().get("bio"), UTF_8)).isEqualTo("\"new\"");
            }
        }
    }

    /** The control: who does not ask for the transaction takes one row for gone, and the other's old value for new. */
    @Test
    void wouldBeGoneOrOldIfItsTransactionWereNotAskedFor() throws Exception {
        try (RowReader reader = new RowReader(database.address(), RowReader.LONGEST_WAIT, time -> commit())) {
            assertThat(reader.read(change(2, null), SCHEMA, List.of("bio"))).isEmpty();
            assertThat(new String(
                            reader.read(change(1, null), SCHEMA, List.of("bio"))
                                    .orElseThrow()
                                    .get("bio"),
                            UTF_8))
                    .isEqualTo("\"old\"");
        }
    }

    private void commit() {
        try {
            writer.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RowChange change(int id, @Nullable Long transaction) {
        byte[] key = bytes("{\"id\":" + id + "}");
        byte[] block = bytes("{\"txId\":" + transaction + "}");
        SourcePosition position = new SourcePosition(10, 0, 1_000, false, block);
        return new RowChange("public.t", Operation.UPDATE, 10, key, null, key, SCHEMA, position, null);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
