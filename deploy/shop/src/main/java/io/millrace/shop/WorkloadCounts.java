package io.millrace.shop;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** What the clients did so far. Safe for many threads. */
public final class WorkloadCounts {

    /** Rows that committed transactions inserted, changed or deleted. */
    public static final String ROWS = "rows";

    /** Committed transactions. */
    public static final String COMMITS = "commits";

    /** Transactions that were rolled back on purpose. */
    public static final String ROLLBACKS = "rollbacks";

    /** Transactions that Postgres refused because another client was in the way. */
    public static final String CONFLICTS = "conflicts";

    /** Keys that one session deleted while another waited to insert them. */
    public static final String RACES = "races";

    /** Connections that were lost and opened again. */
    public static final String RECONNECTS = "reconnects";

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

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

    void add(String name, long more) {
        counts.computeIfAbsent(name, unseen -> new LongAdder()).add(more);
    }

    void addAll(Map<String, Long> more) {
        more.forEach(this::add);
    }

    /** Returns them in one sentence, the sums first. */
    @Override
    public String toString() {
        Map<String, Long> details = all();
        List.of(ROWS, COMMITS, ROLLBACKS, RACES).forEach(details::remove);
        return get(ROWS) + " row changes in " + get(COMMITS) + " transactions, " + get(ROLLBACKS)
                + " more rolled back, " + get(RACES) + " races for a key ("
                + details.entrySet().stream()
                        .map(count -> count.getKey().replace('_', ' ') + " " + count.getValue())
                        .collect(Collectors.joining(", "))
                + ")";
    }
}
