package io.millrace.shop.visitors;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What visitors have done so far. Safe for many threads. */
public final class VisitorCounts {

    /** Records of all kinds. */
    public static final String RECORDS = "records";

    static final String SESSIONS = "sessions";
    static final String REPEATED = "repeated";
    static final String LATE = "late";
    static final String TOO_LATE = "too late";
    static final String BROKEN = "broken";

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    void add(String name) {
        counts.computeIfAbsent(name, unseen -> new LongAdder()).increment();
    }

    /** Returns how often this happened; 0 if it never did. */
    public long get(String name) {
        LongAdder count = counts.get(name);
        return count == null ? 0 : count.sum();
    }

    /** Returns all counts by name. */
    public Map<String, Long> all() {
        Map<String, Long> all = new TreeMap<>();
        counts.forEach((name, count) -> all.put(name, count.sum()));
        return all;
    }

    /** Returns them in one sentence. */
    @Override
    public String toString() {
        return get(RECORDS) + " records in " + get(SESSIONS) + " sessions, of these " + get(REPEATED) + " repeated, "
                + get(LATE) + " late, " + get(TOO_LATE) + " too late, " + get(BROKEN) + " broken";
    }
}
