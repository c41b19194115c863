package io.millrace.common.source.postgres;

import java.util.Arrays;

/**
 * Which transactions a statement sees, as {@code txid_current_snapshot} prints it: {@code xmin:xmax:in-progress,…}. See
 * <a href="https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-INFO-SNAPSHOT">Transaction ID and
 * Snapshot Information</a>.
 *
 * <p>The stream says a commit when it is in the log, which is a moment before others see it; with a synchronous standby
 * the moment lasts until that one answers.
 */
record TransactionSnapshot(long min, long max, long[] inProgress) {

    static TransactionSnapshot of(String printed) {
        String[] parts = printed.split(":", -1);
        long[] running = parts[2].isEmpty()
                ? new long[0]
                : Arrays.stream(parts[2].split(",")).mapToLong(Long::parseLong).toArray();
        return new TransactionSnapshot(Long.parseLong(parts[0]), Long.parseLong(parts[1]), running);
    }

    /**
     * Returns whether a transaction that has committed is seen.
     *
     * @param transaction its number of 32 bits, as the stream has it; less than two thousand million transactions ago
     */
    boolean sees(long transaction) {
        int ahead = (int) transaction - (int) max;
        if (ahead >= 0) {
            return false;
        }
        long whole = max + ahead;
        return whole < min || Arrays.stream(inProgress).noneMatch(running -> running == whole);
    }
}
