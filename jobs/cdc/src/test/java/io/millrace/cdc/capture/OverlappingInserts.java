package io.millrace.cdc.capture;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Sessions that insert numbered rows, a few to many in a transaction, all open at the same time. */
final class OverlappingInserts implements AutoCloseable {

    private static final int SESSIONS = 3;
    private static final int LARGEST_TRANSACTION = 60;

    private final AtomicLong last;
    private final ExecutorService sessions = Executors.newFixedThreadPool(SESSIONS);
    private final List<Future<?>> running = new ArrayList<>();
    private volatile boolean stopping;

    private OverlappingInserts(long last) {
        this.last = new AtomicLong(last);
    }

    /** Begins with the number after the last one of the table {@code events}. */
    static OverlappingInserts into(TestDatabase database, long last) throws SQLException {
        OverlappingInserts inserts = new OverlappingInserts(last);
        for (int i = 0; i < SESSIONS; i++) {
            Connection session = database.session();
            Random random = new Random(i);
            inserts.running.add(inserts.sessions.submit(() -> {
                inserts.insert(session, random);
                return null;
            }));
        }
        return inserts;
    }

    private void insert(Connection session, Random random) throws SQLException {
        try (session;
                PreparedStatement row =
                        session.prepareStatement("INSERT INTO events SELECT ?, 'row' FROM pg_sleep(0.002)")) {
            session.setAutoCommit(false);
            while (!stopping) {
                int rows = 1 + random.nextInt(LARGEST_TRANSACTION);
                for (int i = 0; i < rows; i++) {
                    row.setLong(1, last.incrementAndGet());
                    row.execute();
                }
                session.commit();
            }
        }
    }

    /** Ends every transaction with its commit and returns the last number. */
    long stop() throws InterruptedException, ExecutionException {
        stopping = true;
        for (Future<?> session : running) {
            session.get();
        }
        return last.get();
    }

    @Override
    public void close() {
        stopping = true;
        sessions.shutdown();
    }
}
