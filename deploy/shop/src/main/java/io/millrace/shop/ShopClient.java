package io.millrace.shop;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** One session of the shop: transaction after transaction until it is told to stop. */
final class ShopClient implements Runnable {

    private static final Duration BREATH = Duration.ofMillis(200);

    /** Up to which of a hundred tickets a table is chosen. */
    private static final NavigableMap<Integer, ShopTable> SHARES = new TreeMap<>(Map.of(
            30, ShopTables.USERS,
            45, ShopTables.PRODUCTS,
            75, ShopTables.ORDERS,
            90, ShopTables.ORDER_LINES,
            100, ShopTables.COUPONS));

    private final ShopSessions sessions;
    private final WorkloadOptions options;
    private final BooleanSupplier stopped;
    private final WorkloadCounts counts;
    private final ShopRandom random;
    private final Pace pace;

    ShopClient(
            ShopDatabase database, WorkloadOptions options, int index, BooleanSupplier stopped, WorkloadCounts counts) {
        sessions = new ShopSessions(database);
        this.options = options;
        this.stopped = stopped;
        this.counts = counts;
        random = new ShopRandom(options.seed() + 0x9E37_79B9_7F4A_7C15L * (index + 1));
        pace = new Pace(options.transactionsPerSecond() / options.clients(), stopped);
    }

    @Override
    public void run() {
        try (sessions) {
            long lastSuccess = System.nanoTime();
            while (pace.next()) {
                try {
                    transaction();
                    lastSuccess = System.nanoTime();
                } catch (SQLException e) {
                    recover(e, lastSuccess);
                }
            }
        }
    }

    private void transaction() throws SQLException {
        Connection open = sessions.own();
        if (random.chance(0.03)) {
            race(open);
            return;
        }
        ChangeWriter writer = new ChangeWriter(open, random, options.keySpace());
        for (Change change : changes()) {
            writer.write(change);
        }
        hold();
        if (random.chance(0.04)) {
            open.rollback();
            counts.add(WorkloadCounts.ROLLBACKS, 1);
        } else {
            open.commit();
            counts.addAll(writer.drainCounts());
            counts.add(WorkloadCounts.COMMITS, 1);
        }
    }

    private void race(Connection open) throws SQLException {
        KeyRace race = new KeyRace(open, sessions.rival(), random, options.keySpace());
        if (race.run(table(), number())) {
            counts.add(WorkloadCounts.RACES, 1);
        }
        counts.add(WorkloadCounts.COMMITS, 3);
    }

    private List<Change> changes() {
        List<Change> changes = new ArrayList<>();
        for (int i = size(); i > 0; i--) {
            changes.add(new Change(Change.Kind.choose(random), table(), number()));
        }
        changes.sort(Change.LOCK_ORDER);
        return changes;
    }

    private int size() {
        double luck = random.fraction();
        int most = luck < 0.6 ? 3 : luck < 0.95 ? 20 : options.largestTransaction();
        return random.between(1, Math.min(most, options.largestTransaction()));
    }

    private ShopTable table() {
        return SHARES.ceilingEntry(random.between(1, 100)).getValue();
    }

    /** Returns a row; one in ten is of a few that everybody wants. */
    private int number() {
        return random.between(1, random.chance(0.1) ? Math.min(20, options.keySpace()) : options.keySpace());
    }

    private void hold() {
        long until = System.nanoTime() + options.hold().toNanos();
        while (System.nanoTime() < until && !stopped.getAsBoolean()) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
    }

    private void recover(SQLException e, long lastSuccess) {
        if (SqlStates.isConflict(e)) {
            counts.add(WorkloadCounts.CONFLICTS, 1);
            sessions.rollback();
            return;
        }
        sessions.close();
        if (!SqlStates.isOutage(e)
                || System.nanoTime() - lastSuccess > options.outage().toNanos()) {
            throw new WorkloadException("a shop client cannot go on: " + e.getMessage(), e);
        }
        counts.add(WorkloadCounts.RECONNECTS, 1);
        LockSupport.parkNanos(BREATH.toNanos());
    }
}
