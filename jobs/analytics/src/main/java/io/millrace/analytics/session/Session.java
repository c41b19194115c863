package io.millrace.analytics.session;

import io.millrace.analytics.model.StateForm;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Steps with no gap between them.
 *
 * @param start of the first step, in epoch milliseconds
 * @param end of the last
 * @param late steps that came after it had been shown
 * @param shown whether there is a row of it
 */
record Session(long start, long end, Deeds deeds, Visited entry, Visited exit, long steps, long late, boolean shown) {

    private static final int FORM = 1;

    static Session of(Step step, boolean isLate) {
        Visited page = Visited.of(step);
        long time = step.stamp().timestamp();
        return new Session(time, time, Deeds.of(step), page, page, 1, isLate ? 1 : 0, false);
    }

    boolean isNear(Session other, long gap) {
        return other.start - end < gap && start - other.end < gap;
    }

    /** Returns what both are together; which has not been shown. */
    Session with(Session other) {
        return new Session(
                Math.min(start, other.start),
                Math.max(end, other.end),
                deeds.plus(other.deeds),
                entry.first(other.entry),
                exit.last(other.exit),
                steps + other.steps,
                late + other.late,
                false);
    }

    Session asShown() {
        return new Session(start, end, deeds, entry, exit, steps, late, true);
    }

    void writeTo(DataOutputView out) throws IOException {
        StateForm.write(FORM, out);
        out.writeLong(start);
        out.writeLong(end);
        deeds.writeTo(out);
        entry.writeTo(out);
        exit.writeTo(out);
        out.writeLong(steps);
        out.writeLong(late);
        out.writeBoolean(shown);
    }

    static Session readFrom(DataInputView in) throws IOException {
        StateForm.read(FORM, in);
        return new Session(
                in.readLong(),
                in.readLong(),
                Deeds.readFrom(in),
                Visited.readFrom(in),
                Visited.readFrom(in),
                in.readLong(),
                in.readLong(),
                in.readBoolean());
    }
}
