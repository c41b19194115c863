package io.millrace.common.source.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.event.Operation;
import io.millrace.common.event.RowChange;
import io.millrace.common.postgres.Sql;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tables that others inherit from: each is a table of its own, with its own rows and its own changes. */
@WithServers(Server.POSTGRES)
class InheritedTablesIT {

    private static final String NAME = "inheritedtables";

    private Database database;

    @BeforeEach
    void createTables(Addresses addresses) throws SQLException {
        database = new Database(addresses, NAME);
        database.execute("CREATE TABLE t (id int PRIMARY KEY, note text)");
    }

    @AfterEach
    void dropDatabase() throws SQLException {
        database.close();
    }

    @Test
    void areRefusedWithoutRoutesForTheirChildren() throws Exception {
        database.execute(
                "CREATE TABLE child (PRIMARY KEY (id)) INHERITS (t)", "CREATE TABLE grandchild () INHERITS (child)");

        assertThat(PreflightProblems.of(database, database.config("public.t", "public.child")))
                .allSatisfy(problem -> assertThat(problem.message())
                        .startsWith("has rows in tables that inherit from it and have no route: public.grandchild."))
                .extracting(problem -> problem.path())
                .containsExactly("tables.public.t", "tables.public.child");
    }

    @Test
    void sayOfManyChildrenOnlyHowManyTheyAre() throws Exception {
        for (int chunk = 1; chunk <= 8; chunk++) {
            database.execute("CREATE TABLE chunk" + chunk + " () INHERITS (t)");
        }

        assertThat(PreflightProblems.of(database, database.config("public.t")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("public.chunk5 and 3 more. Postgres"));
    }

    @Test
    void areNoPartitionsWhichAreRefusedBesideTheirTable() throws Exception {
        database.execute(
                "CREATE TABLE whole (id int PRIMARY KEY) PARTITION BY RANGE (id)",
                "CREATE TABLE low PARTITION OF whole FOR VALUES FROM (0) TO (10)");

        assertThat(PreflightProblems.of(database, database.config("public.whole", "public.low")))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.path()).isEqualTo("tables.public.low");
                    assertThat(problem.message()).startsWith("is a partition of public.whole, which is captured");
                });
    }

    /** A child has no key of its own: once it is published, Postgres refuses what its owner does with it. */
    @Test
    void arePublishedWithoutTheirChildren() throws Exception {
        database.execute(
                "CREATE TABLE child () INHERITS (t)",
                "INSERT INTO child VALUES (1)",
                "CREATE PUBLICATION " + NAME + " FOR TABLE t");
        assertThatThrownBy(() -> database.execute("UPDATE child SET id = 2")).hasMessageContaining("replica identity");

        preparePublication();
        database.execute("UPDATE child SET id = 3", "DROP PUBLICATION " + NAME);
        preparePublication();
        database.execute("UPDATE child SET id = 4");

        assertThat(database.list("SELECT tablename AS t FROM pg_publication_tables WHERE pubname = '" + NAME + "'"))
                .containsExactly("heartbeat", "t");
    }

    private void preparePublication() throws SQLException {
        try (Connection connection = database.address().connect("test")) {
            Sql sql = new Sql(connection);
            HeartbeatTable.create(sql);
            Publication.of(database.config("public.t"), sql).prepare();
        }
    }

    @Test
    void haveTheirOwnRowsInSnapshotAndStreamAndWhenOneIsReadBack() throws Exception {
        database.execute(
                "CREATE TABLE child (PRIMARY KEY (id)) INHERITS (t)",
                "INSERT INTO t VALUES (1, 'parent')",
                "INSERT INTO child VALUES (1, 'child'), (2, 'child')");

        List<RowChange> changes = Captured.stream(
                database,
                database.config("public.t", "public.child"),
                8,
                "UPDATE t SET note = note || ' changed'",
                "DELETE FROM ONLY t",
                "INSERT INTO t VALUES (3, 'last')");

        assertThat(changes.subList(0, 3))
                .extracting(InheritedTablesIT::text)
                .containsExactlyInAnyOrder(
                        "public.t READ {\"id\":1,\"note\":\"parent\"}",
                        "public.child READ {\"id\":1,\"note\":\"child\"}",
                        "public.child READ {\"id\":2,\"note\":\"child\"}");
        assertThat(changes.subList(3, 8))
                .extracting(InheritedTablesIT::text)
                .containsExactlyInAnyOrder(
                        "public.t UPDATE {\"id\":1,\"note\":\"parent changed\"}",
                        "public.child UPDATE {\"id\":1,\"note\":\"child changed\"}",
                        "public.child UPDATE {\"id\":2,\"note\":\"child changed\"}",
                        "public.t DELETE {\"id\":1}",
                        "public.t CREATE {\"id\":3,\"note\":\"last\"}");
        assertGone(changes.stream()
                .filter(change -> text(change).startsWith("public.t UPDATE"))
                .findFirst()
                .orElseThrow());
    }

    private void assertGone(RowChange change) throws Exception {
        try (RowReader reader = new RowReader(database.address(), RowReader.LONGEST_WAIT)) {
            assertThat(reader.read(change, change.schema(), List.of("note"))).isEmpty();
        }
    }

    private static String text(RowChange change) {
        byte[] row = change.operation() == Operation.DELETE ? change.key() : Objects.requireNonNull(change.after());
        return change.table() + " " + change.operation() + " " + new String(row, UTF_8);
    }
}
