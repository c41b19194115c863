package io.millrace.analytics.experiment;

import io.millrace.analytics.model.StateForm;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** How many users each variant has had since the experiment began, and whether a mismatch was told of that lasts. Mutable. */
final class Standing {

    private static final int FORM = 1;

    private final TreeMap<String, Long> users = new TreeMap<>();
    private final TreeMap<String, Long> ofLastHour = new TreeMap<>();
    private long lastHour = Long.MIN_VALUE;
    private boolean mismatch;

    /** Takes an hour, or a correction of the last one; one before that has been corrected for the last time. */
    void take(long hour, Variants variants) {
        if (hour < lastHour) {
            return;
        }
        if (hour == lastHour) {
            ofLastHour.forEach((variant, count) -> users.merge(variant, -count, Long::sum));
        }
        ofLastHour.clear();
        lastHour = hour;
        variants.counts().forEach((variant, counts) -> {
            ofLastHour.put(variant, counts.newUsers());
            users.merge(variant, counts.newUsers(), Long::sum);
        });
    }

    SortedMap<String, Long> users() {
        return Collections.unmodifiableSortedMap(users);
    }

    /** Returns the beginning of the last hour, in epoch milliseconds. */
    long lastHour() {
        return lastHour;
    }

    boolean isMismatch() {
        return mismatch;
    }

    void setMismatch(boolean isMismatch) {
        mismatch = isMismatch;
    }

    Standing copy() {
        Standing copy = new Standing();
        copy.users.putAll(users);
        copy.ofLastHour.putAll(ofLastHour);
        copy.lastHour = lastHour;
        copy.mismatch = mismatch;
        return copy;
    }

    void writeTo(DataOutputView out) throws IOException {
        StateForm.write(FORM, out);
        write(users, out);
        write(ofLastHour, out);
        out.writeLong(lastHour);
        out.writeBoolean(mismatch);
    }

    private static void write(SortedMap<String, Long> counts, DataOutputView out) throws IOException {
        out.writeInt(counts.size());
        for (Map.Entry<String, Long> count : counts.entrySet()) {
            out.writeUTF(count.getKey());
            out.writeLong(count.getValue());
        }
    }

    static Standing readFrom(DataInputView in) throws IOException {
        StateForm.read(FORM, in);
        Standing standing = new Standing();
        read(standing.users, in);
        read(standing.ofLastHour, in);
        standing.lastHour = in.readLong();
        standing.mismatch = in.readBoolean();
        return standing;
    }

    private static void read(SortedMap<String, Long> counts, DataInputView in) throws IOException {
        for (int left = in.readInt(); left > 0; left--) {
            counts.put(in.readUTF(), in.readLong());
        }
    }
}
