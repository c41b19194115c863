package io.millrace.shop.audit;

import io.millrace.shop.WorkloadException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Staff, services and customers at work, watched, in a thread of their own. */
public final class AuditTrail implements AutoCloseable {

    /** The topic of the contract. */
    public static final String TOPIC = "audit-logs";

    private static final Duration TICK = Duration.ofMillis(200);
    private static final long PATIENCE_SECONDS = 60;
    private static final int BATCH = 50;

    private final TrailOptions options;
    private final TrailScript script;
    private final TrailCounts counts = new TrailCounts();
    private final TrailWriter writer;
    private final Thread thread = new Thread(this::play, "audit-trail");
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private volatile boolean stopped;

    private AuditTrail(String bootstrap, TrailOptions options) {
        this.options = options;
        this.script = new TrailScript(options);
        this.writer = new TrailWriter(bootstrap, TOPIC, counts);
    }

    /**
     * Tells of the past days. The topic must take the times of those who write, or they are all today's.
     *
     * @throws WorkloadException if the topic cannot be written
     */
    public static AuditTrail withPast(String bootstrap, TrailOptions options) {
        AuditTrail trail = new AuditTrail(bootstrap, options);
        try {
            for (int day = options.pastDays(); day > 0; day--) {
                trail.tell(options.today().minusDays(day));
            }
            return trail;
        } catch (RuntimeException e) {
            trail.close();
            throw new WorkloadException("the audit trail's past cannot be told: " + e.getMessage(), e);
        }
    }

    private void tell(LocalDate day) {
        long begin = day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
        long step = TimeUnit.DAYS.toMillis(1) / Math.max(1, options.perPastDay());
        for (int from = 0; from < options.perPastDay(); from += BATCH) {
            List<Long> times = new ArrayList<>();
            List<TrailRecord> records = new ArrayList<>();
            for (int i = from; i < Math.min(from + BATCH, options.perPastDay()); i++) {
                times.add(begin + i * step);
                records.add(script.next(begin + i * step));
            }
            writer.write(records, times, script.isTakenBack());
        }
    }

    /** Lets everybody go on, now. */
    public void start() {
        thread.start();
    }

    public TrailCounts counts() {
        return counts;
    }

    /** Returns whether what they do is told to Kafka. */
    public boolean isHealthy() {
        return failure.get() == null;
    }

    /**
     * Ends it.
     *
     * @throws WorkloadException if what they did could not be told
     */
    public TrailCounts stop() {
        end();
        @Nullable Throwable failed = failure.get();
        if (failed != null) {
            throw new WorkloadException("the audit trail cannot be told: " + failed.getMessage(), failed);
        }
        return counts;
    }

    @Override
    public void close() {
        end();
        writer.close();
    }

    private void end() {
        stopped = true;
        try {
            thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WorkloadException("interrupted while the audit trail came to its end", e);
        }
        if (thread.isAlive()) {
            failure.compareAndSet(null, new IllegalStateException("Kafka takes no records"));
        }
    }

    private void play() {
        try {
            double due = 0;
            long before = System.nanoTime();
            while (!stopped) {
                LockSupport.parkNanos(TICK.toNanos());
                long nanos = System.nanoTime();
                due += (nanos - before) / 1e9 * options.perSecond();
                before = nanos;
                List<TrailRecord> records = new ArrayList<>();
                for (; due >= 1; due--) {
                    records.add(script.next(System.currentTimeMillis()));
                }
                if (!records.isEmpty()) {
                    writer.write(records, null, script.isTakenBack());
                }
            }
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
        }
    }
}
