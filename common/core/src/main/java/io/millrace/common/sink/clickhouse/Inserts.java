package io.millrace.common.sink.clickhouse;

import io.millrace.common.event.RowChange;
import io.millrace.common.failure.DataException;
import io.millrace.common.failure.Outage;
import io.millrace.common.failure.Refusal;
import io.millrace.common.sink.batch.BatchSchemas;
import io.millrace.common.sink.batch.BatchWriter;
import io.millrace.common.sink.batch.Carrier;
import io.millrace.common.sink.batch.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Carries batches to ClickHouse until each row is done: written, or refused for what it is. A batch that was written
 * and not answered for is written again, which changes nothing: of two rows with one key and one version, one is left.
 * Blocks; several threads may carry.
 */
final class Inserts implements Carrier<ClickHouseRoute> {

    private static final int EXPECTED_OVERHEAD = 4_096;

    /** An attempt that failed after so long was no sign of an outage before. */
    private static final long WORKED_NANOS = Duration.ofMinutes(1).toNanos();

    private final ClickHouseClient client;
    private final String database;
    private final Tables tables;
    private final Supplier<Outage> outages;

    Inserts(ClickHouseClient client, String database, boolean migrated, Supplier<Outage> outages) {
        this.client = client;
        this.database = database;
        this.tables = new Tables(client, database, migrated);
        this.outages = outages;
    }

    @Override
    public Outcome carry(ClickHouseRoute route, List<RowChange> changes) throws IOException, InterruptedException {
        return new Carriage(route, outages.get()).carry(changes);
    }

    /** Deletes them in one statement. */
    @Override
    public void sweep(ClickHouseRoute route, long version) throws IOException, InterruptedException {
        Outage outage = outages.get();
        while (true) {
            outage.requireOpen();
            long began = System.nanoTime();
            try {
                List<String> key = tables.sortingKey(route);
                if (!key.isEmpty()) {
                    client.executePatiently(new Statements(database, route).sweep(key, version));
                }
                return;
            } catch (AnswerException e) {
                if (e.kind() == AnswerKind.DATA) {
                    throw new UnfitTableException("the table " + route.name()
                            + " in ClickHouse does not let its rows be"
                            + " deleted: " + e.getMessage() + ". Its constraints must let a row pass that has its key,"
                            + " " + ClickHouseRoute.DELETED + " = 1, and defaults besides");
                }
                boolean worked = System.nanoTime() - began > WORKED_NANOS;
                outage = worked ? outages.get() : outage;
                pauseOrFail(e, outage);
            }
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

        private final ClickHouseRoute route;
        private final Outage outage;
        private final List<RowChange> written = new ArrayList<>();
        private final List<Refusal> refused = new ArrayList<>();
        private final Deque<List<RowChange>> pending = new ArrayDeque<>();
        private int retried;
        private @Nullable List<TableColumn> refusedColumns;
        private List<TableColumn> columns = List.of();

        Carriage(ClickHouseRoute route, Outage outage) {
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
            return new Outcome(written, List.of(), refused, retried);
        }

        /** Sends once, and puts back what has to be sent again. */
        private void attempt(List<RowChange> changes) throws IOException, InterruptedException {
            List<RowChange> sent = new ArrayList<>(changes.size());
            try {
                send(changes, sent);
                written.addAll(sent);
            } catch (AnswerException e) {
                afterError(sent.isEmpty() ? changes : sent, e);
            } catch (DataException e) {
                changes.forEach(change -> refused.add(Refusal.of(change, e)));
            }
        }

        private void send(List<RowChange> changes, List<RowChange> sent) throws IOException, DataException {
            long bytes = 0;
            for (RowChange change : changes) {
                bytes += BatchWriter.size(change);
            }
            columns = List.of();
            columns = tables.fit(route, BatchSchemas.of(changes));
            RowEncoder encoder = new RowEncoder(columns, (int) Math.min(bytes + EXPECTED_OVERHEAD, 1 << 30));
            for (RowChange change : changes) {
                encode(change, encoder, sent);
            }
            if (!sent.isEmpty()) {
                client.insert(new Statements(database, route).table(), Tables.names(columns), encoder.rows());
            }
        }

        private void encode(RowChange change, RowEncoder encoder, List<RowChange> sent) {
            try {
                encoder.write(change);
                sent.add(change);
            } catch (DataException e) {
                refused.add(Refusal.of(change, e));
            }
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

        /** Somebody has changed the table, unless it is what it was when it refused such rows before. */
        private void lookAgain(List<RowChange> changes, AnswerException error) throws UnfitTableException {
            if (columns.equals(refusedColumns)) {
                throw new UnfitTableException(
                        "the table " + route.name() + " in ClickHouse does not take rows of " + route.table() + ": "
                                + error.getMessage() + ". Change it, or name another table in the route");
            }
            refusedColumns = columns;
            tables.forget(route);
            pending.push(changes);
        }

        private void split(List<RowChange> changes, AnswerException error) {
            int half = changes.size() / 2;
            if (half == 0) {
                refused.add(new Refusal(
                        changes.get(0), "ClickHouse error " + error.code(), String.valueOf(error.getMessage())));
                return;
            }
            pending.push(changes.subList(half, changes.size()));
            pending.push(changes.subList(0, half));
        }
    }
}
