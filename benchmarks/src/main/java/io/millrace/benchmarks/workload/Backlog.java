package io.millrace.benchmarks.workload;

import java.sql.SQLException;

/**
 * Changes of a table: transactions of 60 inserts, 30 updates and 10 deletes, as many as there is a hundred of changes.
 * Updated rows are some transactions old; deleted ones are of the same transaction.
 */
public record Backlog(BenchTable table, int changes) {

    private static final int TRANSACTION = 100;
    private static final int DELETES = 10;

    /** Returns how many transactions there are. */
    private int transactions() {
        return Math.max(1, changes / TRANSACTION);
    }

    /** Returns how many records all changes are in a topic: a delete is followed by a tombstone. */
    public long records() {
        return (long) transactions() * (TRANSACTION + DELETES);
    }

    /** Returns how many rows are inserted, changed or deleted. */
    public long rowChanges() {
        return (long) transactions() * TRANSACTION;
    }

    /** Makes the changes, on the empty table. */
    public void play() throws SQLException {
        String name = table.name();
        table.database().execute("SET synchronous_commit = off", """
                DO $$ BEGIN
                  FOR k IN 0..%1$d LOOP
                    %2$s;
                    UPDATE %3$s SET quantity = quantity + 1, status = 'paid', cents = cents + k
                      WHERE id BETWEEN greatest(k - 5, 0) * 60::bigint + 1 AND greatest(k - 5, 0) * 60::bigint + 30;
                    DELETE FROM %3$s WHERE id BETWEEN k * 60::bigint + 51 AND k * 60::bigint + 60;
                    COMMIT;
                  END LOOP;
                END $$""".formatted(
                        transactions() - 1, table.insertSql("k * 60::bigint + 1", "k * 60::bigint + 60"), name));
    }
}
