package io.millrace.audit.chain;

import java.util.HashMap;
import java.util.Map;

/**
 * For how long partitions have brought nothing, as far as this was watched: a time in which nobody looked, because Kafka
 * did not answer or the job did not run, counts for nothing.
 */
final class QuietTimes {

    /** So many looks that were left out are a time in which nobody looked. */
    private static final int LOOKS = 5;

    /** A look takes that long where Kafka is slow to answer, in milliseconds. */
    private static final long SLOW = 10_000;

    private final long idle;
    private final long longestGap;
    private final Map<Integer, Watch> watches = new HashMap<>();

    private record Watch(long since, long looked) {}

    /**
     * Watches no partition yet.
     *
     * @param idle for how many milliseconds a partition brings nothing that is quiet
     * @param interval between two looks, in milliseconds
     */
    QuietTimes(long idle, long interval) {
        this.idle = idle;
        this.longestGap = Math.max(SLOW, LOOKS * interval);
    }

    /** A partition brought something. */
    void heard(int partition, long now) {
        watches.put(partition, new Watch(now, now));
    }

    /** Looks at a partition, and says whether it is quiet. */
    boolean isQuiet(int partition, long now) {
        Watch before = watches.get(partition);
        Watch watch = before == null || now - before.looked() > longestGap
                ? new Watch(now, now)
                : new Watch(before.since(), Math.max(now, before.looked()));
        watches.put(partition, watch);
        return now - watch.since() >= idle;
    }
}
