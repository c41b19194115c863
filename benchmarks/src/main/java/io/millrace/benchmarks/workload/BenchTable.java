package io.millrace.benchmarks.workload;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Consumer;

/**
 * A table of orders, narrow and plain, as most are.
 *
 * @param name in the schema {@code public}
 * @param noteBytes length of the one long column
 * @param seed what the values depend on, beside the row's number
 */
public record BenchTable(Database database, String name, int noteBytes, long seed) {

    /** Makes a row about 300 bytes long. */
    public static final int USUAL_NOTE = 160;

    private static final int FETCH = 10_000;

    /** Creates the table empty. */
    public void create() throws SQLException {
        database.execute("DROP TABLE IF EXISTS " + name, """
                CREATE TABLE %s (
                  id       bigint PRIMARY KEY,
                  customer bigint NOT NULL,
                  quantity integer NOT NULL,
                  cents    bigint NOT NULL,
                  score    double precision NOT NULL,
                  active   boolean NOT NULL,
                  status   text NOT NULL,
                  email    text NOT NULL,
                  note     text NOT NULL,
                  placed   timestamptz NOT NULL
                )""".formatted(name));
    }

    /** Inserts rows of these numbers, both included, in one transaction. */
    public void insert(long first, long last) throws SQLException {
        database.execute("SET synchronous_commit = off", insertSql(Long.toString(first), Long.toString(last)));
    }

    /** Returns the statement that inserts rows. */
    public String insertSql(String first, String last) {
        return "INSERT INTO " + name + " SELECT " + values() + " FROM generate_series(" + first + "::bigint, " + last
                + "::bigint) AS n";
    }

    private String values() {
        int repeats = noteBytes / 32 + 1;
        return """
                n, n * 7919 %% 100003, (n %% 100)::int, n * 104729 %% 10000000, (n %% 1000) / 8.0, n %% 5 <> 0,
                (ARRAY['pending', 'paid', 'shipped', 'returned', 'cancelled'])[1 + n %% 5],
                'customer' || n * 7919 %% 100003 || '@example.org',
                left(repeat(md5(n || ':' || %d), %d), %d),
                timestamptz '2026-01-01 00:00:00Z' + n * interval '1.000007 seconds'""".formatted(seed, repeats, noteBytes);
    }

    /** Gives every row to a consumer, ordered by nothing. */
    public void each(Consumer<BenchRow> rows) throws SQLException {
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.setFetchSize(FETCH);
                try (ResultSet result = statement.executeQuery("SELECT * FROM " + name)) {
                    while (result.next()) {
                        rows.accept(BenchRow.of(result));
                    }
                }
            }
        }
    }

    /** Returns what every target must hold. */
    public Checksum checksum() throws SQLException {
        Checksum[] sum = {Checksum.EMPTY};
        each(row -> sum[0] = sum[0].plus(row));
        return sum[0];
    }
}
