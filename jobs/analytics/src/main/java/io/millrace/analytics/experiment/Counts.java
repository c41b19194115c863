package io.millrace.analytics.experiment;

import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What a variant has come to in an hour, or by how much that changes. A user is of the variant that was shown first.
 *
 * @param exposures how often the variant was shown, to whomever
 * @param users of the variant, who were shown any in this hour
 * @param newUsers of these, those who were shown one for the first time
 * @param buyers of the users of this hour, those who bought in it, too
 * @param converted users of the variant, of whatever hour, who bought for the first time since
 * @param crossed users of the variant who were shown another one for the first time
 * @param sales to users of the variant since they were shown it, by currency; without those of nothing
 */
record Counts(
        long exposures,
        long users,
        long newUsers,
        long buyers,
        long converted,
        long crossed,
        SortedMap<String, Sales> sales) {

    static final Counts NONE = ofExposures(0);

    static Counts ofExposures(long exposures) {
        return new Counts(exposures, 0, 0, 0, 0, 0, new TreeMap<>());
    }

    /** Returns how many distinct events are in it. */
    long events() {
        return exposures + orders();
    }

    long orders() {
        return sales.values().stream().mapToLong(Sales::orders).sum();
    }

    Counts plus(Counts other) {
        SortedMap<String, Sales> both = new TreeMap<>(sales);
        other.sales.forEach((currency, more) -> both.merge(currency, more, Sales::plus));
        both.values().removeIf(Sales::isNothing);
        return new Counts(
                exposures + other.exposures,
                users + other.users,
                newUsers + other.newUsers,
                buyers + other.buyers,
                converted + other.converted,
                crossed + other.crossed,
                both);
    }

    Counts negated() {
        SortedMap<String, Sales> less = new TreeMap<>();
        sales.forEach((currency, sale) -> less.put(currency, sale.negated()));
        return new Counts(-exposures, -users, -newUsers, -buyers, -converted, -crossed, less);
    }

    boolean isNothing() {
        return equals(NONE);
    }

    void writeTo(DataOutputView out) throws IOException {
        out.writeLong(exposures);
        out.writeLong(users);
        out.writeLong(newUsers);
        out.writeLong(buyers);
        out.writeLong(converted);
        out.writeLong(crossed);
        out.writeInt(sales.size());
        for (Map.Entry<String, Sales> sale : sales.entrySet()) {
            out.writeUTF(sale.getKey());
            sale.getValue().writeTo(out);
        }
    }

    static Counts readFrom(DataInputView in) throws IOException {
        Counts read = new Counts(
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                new TreeMap<>());
        for (int left = in.readInt(); left > 0; left--) {
            read.sales.put(in.readUTF(), Sales.readFrom(in));
        }
        return read;
    }
}
