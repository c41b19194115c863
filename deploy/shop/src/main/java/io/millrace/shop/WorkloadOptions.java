package io.millrace.shop;

import java.time.Duration;

/**
 * How the shop's clients behave.
 *
 * @param clients how many sessions change rows at once
 * @param seed decides every choice of every client; what they meet in each other's way is up to the clock
 * @param transactionsPerSecond of all clients together; 0 for as many as there can be
 * @param hold how long a transaction stays open after its last change
 * @param largestTransaction the most rows that one transaction changes; most change a few
 * @param keySpace how many keys there are per table; about half of them hold a row
 * @param outage how long a client keeps trying to reach Postgres again after it lost its connection
 */
public record WorkloadOptions(
        int clients,
        long seed,
        double transactionsPerSecond,
        Duration hold,
        int largestTransaction,
        int keySpace,
        Duration outage) {

    /** Checks every value. */
    public WorkloadOptions {
        require(clients >= 1, "clients", clients, "at least 1");
        require(transactionsPerSecond >= 0, "transactionsPerSecond", transactionsPerSecond, "0 or more");
        require(!hold.isNegative(), "hold", hold, "0 or longer");
        require(largestTransaction >= 1, "largestTransaction", largestTransaction, "at least 1");
        require(keySpace >= 10, "keySpace", keySpace, "at least 10, or every client waits for every other");
        require(!outage.isNegative(), "outage", outage, "0 or longer");
    }

    /** Four clients, 40 transactions a second, held for no time, up to 200 rows each. */
    public static WorkloadOptions seeded(long seed) {
        return new WorkloadOptions(4, seed, 40, Duration.ZERO, 200, 4_000, Duration.ofMinutes(2));
    }

    public WorkloadOptions withClients(int count) {
        return new WorkloadOptions(count, seed, transactionsPerSecond, hold, largestTransaction, keySpace, outage);
    }

    public WorkloadOptions withTransactionsPerSecond(double rate) {
        return new WorkloadOptions(clients, seed, rate, hold, largestTransaction, keySpace, outage);
    }

    public WorkloadOptions withHold(Duration time) {
        return new WorkloadOptions(clients, seed, transactionsPerSecond, time, largestTransaction, keySpace, outage);
    }

    public WorkloadOptions withLargestTransaction(int rows) {
        return new WorkloadOptions(clients, seed, transactionsPerSecond, hold, rows, keySpace, outage);
    }

    public WorkloadOptions withKeySpace(int keys) {
        return new WorkloadOptions(clients, seed, transactionsPerSecond, hold, largestTransaction, keys, outage);
    }

    private static void require(boolean holds, String name, Object value, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("`" + name + "` is " + value + "; it must be " + rule);
        }
    }
}
