package io.millrace.shop;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Says when the next transaction is due. */
final class Pace {

    private final long intervalNanos;
    private final BooleanSupplier stopped;
    private long due = System.nanoTime();

    /** Makes a pace of so many a second; 0 for no limit. */
    Pace(double perSecond, BooleanSupplier stopped) {
        intervalNanos = perSecond == 0 ? 0 : (long) (TimeUnit.SECONDS.toNanos(1) / perSecond);
        this.stopped = stopped;
    }

    /** Waits until the next one is due; false if the workload was stopped. */
    boolean next() {
        while (!stopped.getAsBoolean()) {
            long early = due - System.nanoTime();
            if (intervalNanos == 0 || early <= 0) {
                // whoever fell behind by more than a second does not catch up with a burst
                due = Math.max(due + intervalNanos, System.nanoTime() - TimeUnit.SECONDS.toNanos(1));
                return true;
            }
            LockSupport.parkNanos(Math.min(early, TimeUnit.MILLISECONDS.toNanos(50)));
        }
        return false;
    }
}
