package io.millrace.shop.audit;

import java.util.concurrent.atomic.AtomicLong;

/** What an audit trail has told so far. Safe for many threads. */
public final class TrailCounts {

    private final AtomicLong events = new AtomicLong();
    private final AtomicLong broken = new AtomicLong();
    private final AtomicLong takenBack = new AtomicLong();

    void addEvents(long more, long ofThemBroken) {
        events.addAndGet(more);
        broken.addAndGet(ofThemBroken);
    }

    void addTakenBack(long more) {
        takenBack.addAndGet(more);
    }

    /** Returns how many records are there to be read, broken ones included. */
    public long events() {
        return events.get();
    }

    /** Returns how many of these are no events. */
    public long broken() {
        return broken.get();
    }

    /** Returns how many were written and taken back, which nobody must ever see. */
    public long takenBack() {
        return takenBack.get();
    }

    /** Returns them in one sentence. */
    @Override
    public String toString() {
        return events + " audit events, of these " + broken + " broken, and took back " + takenBack + " more";
    }
}
