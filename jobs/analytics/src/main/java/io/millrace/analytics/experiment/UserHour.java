package io.millrace.analytics.experiment;

import io.millrace.analytics.event.Exposure;
import io.millrace.analytics.event.Money;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** What a user was shown and bought in an hour that still counts. Mutable; the order of events does not matter. */
final class UserHour {

    private final TreeMap<String, TreeMap<String, Shown>> shown = new TreeMap<>();
    private final List<Purchase> purchases = new ArrayList<>();

    /**
     * That a variant was shown.
     *
     * @param first when first
     */
    private record Shown(Moment first, long times) {

        private Shown plus(Shown other) {
            return new Shown(first.compareTo(other.first) <= 0 ? first : other.first, times + other.times);
        }
    }

    private record Purchase(Moment moment, Money paid) {}

    void add(UserStep step) {
        Moment moment = Moment.of(step.stamp());
        Exposure exposure = step.exposure();
        if (exposure != null) {
            shown.computeIfAbsent(exposure.experiment(), unknown -> new TreeMap<>())
                    .merge(exposure.variant(), new Shown(moment, 1), Shown::plus);
        }
        Money paid = step.paid();
        if (paid != null) {
            purchases.add(new Purchase(moment, paid));
        }
    }

    /** Returns the experiments of which something was shown. */
    NavigableSet<String> experiments() {
        return new TreeSet<>(shown.keySet());
    }

    boolean hasPurchases() {
        return !purchases.isEmpty();
    }

    private SortedMap<String, Shown> shown(String experiment) {
        return shown.getOrDefault(experiment, new TreeMap<>());
    }

    /**
     * Returns the user's part after this hour.
     *
     * @param before it; null for a user who took none
     * @return null for one who takes none still
     */
    @Nullable
    Participation after(long hour, String experiment, @Nullable Participation before) {
        SortedMap<String, Shown> variants = shown(experiment);
        Participation part = before;
        for (Map.Entry<String, Shown> variant : variants.entrySet()) {
            Moment first = variant.getValue().first();
            if (part == null || (before == null && first.compareTo(part.since()) < 0)) {
                part = new Participation(variant.getKey(), first, false, false, hour);
            }
        }
        if (part == null) {
            return null;
        }
        String own = part.variant();
        return new Participation(
                own,
                part.since(),
                part.bought() || !salesSince(part.since()).isEmpty(),
                part.crossed() || variants.keySet().stream().anyMatch(variant -> !variant.equals(own)),
                variants.isEmpty() ? part.lastHour() : hour);
    }

    /**
     * Returns what the user adds to the variants of an experiment in this hour.
     *
     * @param before the part taken before it; null for none
     * @param after the part taken after it
     */
    Variants counts(String experiment, @Nullable Participation before, Participation after) {
        SortedMap<String, Counts> counts = new TreeMap<>();
        shown(experiment).forEach((variant, times) -> counts.put(variant, Counts.ofExposures(times.times())));
        SortedMap<String, Sales> sales = salesSince(after.since());
        int isShown = counts.isEmpty() ? 0 : 1;
        Counts own = new Counts(
                0,
                isShown,
                before == null ? 1 : 0,
                sales.isEmpty() ? 0 : isShown,
                after.bought() && (before == null || !before.bought()) ? 1 : 0,
                after.crossed() && (before == null || !before.crossed()) ? 1 : 0,
                sales);
        return new Variants(counts).plus(new Variants(new TreeMap<>(Map.of(after.variant(), own))));
    }

    /** A purchase in the same millisecond follows, as one that shows a variant itself does. */
    private SortedMap<String, Sales> salesSince(Moment since) {
        SortedMap<String, Sales> sales = new TreeMap<>();
        for (Purchase purchase : purchases) {
            if (purchase.moment().timestamp() >= since.timestamp()) {
                Money paid = purchase.paid();
                sales.merge(paid.currency(), new Sales(1, paid.amount()), Sales::plus);
            }
        }
        return sales;
    }

    UserHour copy() {
        UserHour copy = new UserHour();
        shown.forEach((experiment, variants) -> copy.shown.put(experiment, new TreeMap<>(variants)));
        copy.purchases.addAll(purchases);
        return copy;
    }

    void writeTo(DataOutputView out) throws IOException {
        out.writeInt(shown.size());
        for (Map.Entry<String, TreeMap<String, Shown>> experiment : shown.entrySet()) {
            out.writeUTF(experiment.getKey());
            out.writeInt(experiment.getValue().size());
            for (Map.Entry<String, Shown> variant : experiment.getValue().entrySet()) {
                out.writeUTF(variant.getKey());
                variant.getValue().first().writeTo(out);
                out.writeLong(variant.getValue().times());
            }
        }
        out.writeInt(purchases.size());
        for (Purchase purchase : purchases) {
            purchase.moment().writeTo(out);
            purchase.paid().writeTo(out);
        }
    }

    static UserHour readFrom(DataInputView in) throws IOException {
        UserHour hour = new UserHour();
        for (int left = in.readInt(); left > 0; left--) {
            TreeMap<String, Shown> variants = new TreeMap<>();
            hour.shown.put(in.readUTF(), variants);
            for (int more = in.readInt(); more > 0; more--) {
                variants.put(in.readUTF(), new Shown(Moment.readFrom(in), in.readLong()));
            }
        }
        for (int left = in.readInt(); left > 0; left--) {
            hour.purchases.add(new Purchase(Moment.readFrom(in), Money.readFrom(in)));
        }
        return hour;
    }
}
