package io.millrace.common.sink.jdbc;

import io.millrace.common.event.RowChange;
import io.millrace.common.failure.DataException;
import io.millrace.common.failure.Outage;
import io.millrace.common.failure.Refusal;
import io.millrace.common.postgres.Sql;
import io.millrace.common.sink.batch.BatchSchemas;
import io.millrace.common.sink.batch.Carrier;
import io.millrace.common.sink.batch.Outcome;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Carries batches to Postgres, each as one transaction, until each row is done: written, or refused for what it is. The
 * rows of a batch keep their order, so that of several versions of a key the last one that is taken stays. A batch
 * that was written and not answered for is written again, which changes nothing. Another subtask never has the same
 * keys; where somebody else's transaction meets one, and Postgres ends it for a deadlock, it is tried again. One thread
 * carries.
 */
final class Upserts implements Carrier<PostgresRoute> {

    /** A statement that goes through a whole table says nothing before its end. */
    private static final int LONGEST_SWEEP_MILLIS = 2 * 60 * 60 * 1_000;

    /** An attempt that failed after so long was no sign of an outage before. */
    private static final long WORKED_NANOS = Duration.ofMinutes(1).toNanos();

    private static final int MOST_LOOKS = 3;

    private final PostgresConnections connections;
    private final String schema;
    private final Tables tables;
    private final Supplier<Outage> outages;

    Upserts(PostgresConnections connections, String schema, Supplier<Outage> outages) {
        this.connections = connections;
        this.schema = schema;
        this.tables = new Tables(schema);
        this.outages = outages;
    }

    @Override
    public Outcome carry(PostgresRoute route, List<RowChange> changes) throws IOException, InterruptedException {
        return new Carriage(route, outages.get()).carry(changes);
    }

    /** Deletes them in one statement. */
    @Override
    public void sweep(PostgresRoute route, long version) throws IOException, InterruptedException {
        Outage outage = outages.get();
        while (true) {
            outage.requireOpen();
            long began = System.nanoTime();
            try {
                connections.inTransaction(sql -> sweep(sql, route, version));
                return;
            } catch (AnswerException e) {
                if (e.kind() == AnswerKind.DATA) {
                    throw new UnfitTableException("the table " + schema + "." + route.name()
                            + " in Postgres does not let its rows be deleted: " + e.getMessage()
                            + ". Its constraints must let a row pass that has its key and nothing else");
                }
                outage = System.nanoTime() - began > WORKED_NANOS ? outages.get() : outage;
                pauseOrFail(e, outage);
            } catch (DataException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private void sweep(Sql sql, PostgresRoute route, long version) throws SQLException {
        TableLayout layout = tables.look(sql, route);
        if (layout.isTable() && layout.hasVersions()) {
            int before = sql.connection().getNetworkTimeout();
            sql.connection().setNetworkTimeout(Runnable::run, LONGEST_SWEEP_MILLIS);
            sql.execute(new Statements(schema, route).sweep(layout, version));
            sql.connection().setNetworkTimeout(Runnable::run, before);
        }
    }

    private static void pauseOrFail(AnswerException error, Outage outage) throws IOException, InterruptedException {
        if (error.kind() == AnswerKind.FATAL) {
            throw error;
        }
        outage.pause(error);
    }

    /** One batch on its way. */
    private final class Carriage {

        private final PostgresRoute route;
        private final Outage outage;
        private final List<RowChange> written = new ArrayList<>();
        private final List<RowChange> stale = new ArrayList<>();
        private final List<Refusal> refused = new ArrayList<>();
        private final Deque<List<RowChange>> pending = new ArrayDeque<>();
        private int retried;
        private int looks;
        private boolean fits;
        private boolean sureOfTable;

        Carriage(PostgresRoute route, Outage outage) {
            this.route = route;
            this.outage = outage;
        }

        Outcome carry(List<RowChange> changes) throws IOException, InterruptedException {
            pending.push(BatchSchemas.requireIn(changes, refused));
            while (!pending.isEmpty()) {
                List<RowChange> next = pending.pop();
                if (!next.isEmpty()) {
                    outage.requireOpen();
                    attempt(next);
                }
            }
            return new Outcome(written, stale, refused, retried);
        }

        /** Sends once, and puts back what has to be sent again. */
        private void attempt(List<RowChange> changes) throws IOException, InterruptedException {
            List<RowChange> sent = new ArrayList<>(changes.size());
            GuardedUpsert[] upsert = new GuardedUpsert[1];
            fits = false;
            try {
                connections.inTransaction(sql -> upsert[0] = send(sql, changes, sent));
                settle(sent, Objects.requireNonNull(upsert[0]));
            } catch (AnswerException e) {
                afterError(fits ? sent : changes, e);
            } catch (DataException e) {
                changes.forEach(change -> refused.add(Refusal.of(change, e)));
            }
        }

        private GuardedUpsert send(Sql sql, List<RowChange> changes, List<RowChange> sent)
                throws SQLException, DataException, IOException {
            Tables.Target target = tables.fit(sql, route, BatchSchemas.of(changes));
            fits = true;
            RowReader reader = new RowReader(target.columns(), target.key());
            GuardedUpsert upsert = new GuardedUpsert(target.upsert(), TableRow::bind);
            for (RowChange change : changes) {
                try {
                    upsert.addToBatch(reader.read(change));
                    sent.add(change);
                } catch (DataException e) {
                    refused.add(Refusal.of(change, e));
                }
            }
            upsert.prepareStatements(sql.connection());
            upsert.executeBatch();
            upsert.closeStatements();
            return upsert;
        }

        private void settle(List<RowChange> sent, GuardedUpsert upsert) {
            Set<RowChange> old = Collections.newSetFromMap(new IdentityHashMap<>());
            upsert.stale().forEach(row -> old.add(row.change()));
            sent.forEach(change -> (old.contains(change) ? stale : written).add(change));
        }

        private void afterError(List<RowChange> changes, AnswerException error)
                throws IOException, InterruptedException {
            if (error.kind() == AnswerKind.STRUCTURE) {
                lookAgain(changes, error);
            } else if (error.kind() == AnswerKind.DATA) {
                split(changes, error);
            } else {
                pauseOrFail(error, outage);
                retried += changes.size();
                pending.push(changes);
            }
        }

        /** Somebody has changed the table; or it does not take such rows, however often it is looked at. */
        private void lookAgain(List<RowChange> changes, AnswerException error) throws UnfitTableException {
            looks++;
            if (looks > MOST_LOOKS) {
                throw new UnfitTableException("the table " + schema + "." + route.name()
                        + " in Postgres does not take rows of " + route.table() + ": " + error.getMessage()
                        + ". Change it, or name another table in the route");
            }
            tables.forget(route);
            pending.push(changes);
        }

        /** Before the first row is refused, the table is looked at again: somebody may have given a column another type. */
        private void split(List<RowChange> changes, AnswerException error) {
            int half = changes.size() / 2;
            if (half == 0 && !sureOfTable) {
                sureOfTable = true;
                tables.forget(route);
                pending.push(changes);
                return;
            }
            if (half == 0) {
                refused.add(new Refusal(
                        changes.get(0), "Postgres error " + error.sqlState(), String.valueOf(error.getMessage())));
                return;
            }
            pending.push(changes.subList(half, changes.size()));
            pending.push(changes.subList(0, half));
        }
    }
}
