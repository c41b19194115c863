package io.millrace.analytics.live;

import io.millrace.analytics.event.Money;
import io.millrace.analytics.model.StateForm;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What a counter has come to in the periods that are not over: those of now, and those of events that are ahead of it.
 * Mutable.
 */
final class LiveTally {

    private static final int FORM = 1;
    private static final Total NOTHING = new Total(BigDecimal.ZERO, 0);

    private final Map<Period, TreeMap<Long, Total>> totals = new EnumMap<>(Period.class);

    /**
     * What was counted in a period.
     *
     * @param events that it comes from
     */
    record Total(BigDecimal value, long events) {

        private Total plus(Total other) {
            return new Total(value.add(other.value), events + other.events);
        }
    }

    LiveTally() {
        for (Period period : Period.values()) {
            totals.put(period, new TreeMap<>());
        }
    }

    void add(Addition addition, ZoneId zone) {
        Total added = new Total(addition.value(), addition.events());
        totals.forEach((period, all) -> all.merge(period.begin(addition.minute(), zone), added, Total::plus));
    }

    /** Forgets every period that ended before a time. */
    void forgetBefore(long now, ZoneId zone) {
        totals.forEach((period, all) -> all.headMap(period.begin(now, zone)).clear());
    }

    boolean isEmpty() {
        return totals.values().stream().allMatch(Map::isEmpty);
    }

    Total of(Period period, long begin) {
        return totals.getOrDefault(period, new TreeMap<>()).getOrDefault(begin, NOTHING);
    }

    LiveTally copy() {
        LiveTally copy = new LiveTally();
        totals.forEach((period, all) -> copy.totals.put(period, new TreeMap<>(all)));
        return copy;
    }

    void writeTo(DataOutputView out) throws IOException {
        StateForm.write(FORM, out);
        for (TreeMap<Long, Total> all : totals.values()) {
            out.writeInt(all.size());
            for (Map.Entry<Long, Total> total : all.entrySet()) {
                out.writeLong(total.getKey());
                Money.writeAmount(total.getValue().value(), out);
                out.writeLong(total.getValue().events());
            }
        }
    }

    static LiveTally readFrom(DataInputView in) throws IOException {
        StateForm.read(FORM, in);
        LiveTally tally = new LiveTally();
        for (TreeMap<Long, Total> all : tally.totals.values()) {
            for (int left = in.readInt(); left > 0; left--) {
                all.put(in.readLong(), new Total(Money.readAmount(in), in.readLong()));
            }
        }
        return tally;
    }
}
