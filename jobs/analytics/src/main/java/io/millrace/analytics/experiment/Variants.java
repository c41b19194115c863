package io.millrace.analytics.experiment;

import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What each variant of an experiment has come to in an hour, or by how much that changes. Immutable.
 *
 * @param counts by the variant's name; without those of nothing
 */
record Variants(SortedMap<String, Counts> counts) {

    static final Variants NONE = new Variants(new TreeMap<>());

    Variants {
        counts = Collections.unmodifiableSortedMap(counts);
    }

    Variants plus(Variants other) {
        SortedMap<String, Counts> both = new TreeMap<>(counts);
        other.counts.forEach((variant, more) -> both.merge(variant, more, Counts::plus));
        both.values().removeIf(Counts::isNothing);
        return new Variants(both);
    }

    Variants minus(Variants other) {
        SortedMap<String, Counts> less = new TreeMap<>();
        other.counts.forEach((variant, count) -> less.put(variant, count.negated()));
        return plus(new Variants(less));
    }

    boolean isNothing() {
        return counts.isEmpty();
    }

    /** Returns how many distinct events they come from. */
    long events() {
        return counts.values().stream().mapToLong(Counts::events).sum();
    }

    NavigableSet<String> currencies() {
        NavigableSet<String> currencies = new TreeSet<>();
        counts.values().forEach(count -> currencies.addAll(count.sales().keySet()));
        return currencies;
    }

    void writeTo(DataOutputView out) throws IOException {
        out.writeInt(counts.size());
        for (Map.Entry<String, Counts> count : counts.entrySet()) {
            out.writeUTF(count.getKey());
            count.getValue().writeTo(out);
        }
    }

    static Variants readFrom(DataInputView in) throws IOException {
        SortedMap<String, Counts> read = new TreeMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            read.put(in.readUTF(), Counts.readFrom(in));
        }
        return new Variants(read);
    }
}
