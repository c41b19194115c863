package io.millrace.analytics.model;

import io.millrace.analytics.event.Request;
import io.millrace.analytics.window.Tally;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** How long requests took, and how many of them failed. */
public final class LatencyTally extends Tally<Request, LatencyTally> {

    private final Durations durations;
    private long errors;

    LatencyTally() {
        this(new Durations());
    }

    private LatencyTally(Durations durations) {
        this.durations = durations;
    }

    @Override
    protected void count(Request request) {
        durations.add(request.micros());
        errors += request.failed() ? 1 : 0;
    }

    @Override
    protected void countAll(LatencyTally other) {
        durations.addAll(other.durations);
        errors += other.errors;
    }

    Durations durations() {
        return durations;
    }

    long errors() {
        return errors;
    }

    LatencyTally copy() {
        LatencyTally copy = new LatencyTally();
        copy.copyCounts(this);
        copy.countAll(this);
        return copy;
    }

    void writeTo(DataOutputView out) throws IOException {
        writeCounts(out);
        out.writeLong(errors);
        durations.writeTo(out);
    }

    static LatencyTally readFrom(DataInputView in) throws IOException {
        LatencyTally counted = new LatencyTally();
        counted.readCounts(in);
        long errors = in.readLong();
        LatencyTally tally = new LatencyTally(Durations.readFrom(in));
        tally.copyCounts(counted);
        tally.errors = errors;
        return tally;
    }
}
