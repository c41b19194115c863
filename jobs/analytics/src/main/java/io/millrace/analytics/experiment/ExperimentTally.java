package io.millrace.analytics.experiment;

import io.millrace.analytics.model.StateForm;
import io.millrace.analytics.window.Tally;
import io.millrace.analytics.window.Window;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** What the variants of an experiment have come to. */
final class ExperimentTally extends Tally<ExperimentHit, ExperimentTally> {

    private static final int FORM = 1;

    private Variants variants = Variants.NONE;
    private long lateEvents;
    private Moment latest = Moment.NEVER;

    @Override
    protected void count(ExperimentHit hit) {
        variants = variants.plus(hit.change());
        lateEvents += hit.late();
        latest = latest.or(Moment.of(hit.stamp()));
    }

    @Override
    protected void countAll(ExperimentTally other) {
        variants = variants.plus(other.variants);
        lateEvents += other.lateEvents;
        latest = latest.or(other.latest);
    }

    ExperimentResult result(Window window) {
        return new ExperimentResult(window, variants, lateEvents, latest);
    }

    ExperimentTally copy() {
        ExperimentTally copy = new ExperimentTally();
        copy.copyCounts(this);
        copy.variants = variants;
        copy.lateEvents = lateEvents;
        copy.latest = latest;
        return copy;
    }

    void writeTo(DataOutputView out) throws IOException {
        StateForm.write(FORM, out);
        writeCounts(out);
        variants.writeTo(out);
        out.writeLong(lateEvents);
        latest.writeTo(out);
    }

    static ExperimentTally readFrom(DataInputView in) throws IOException {
        StateForm.read(FORM, in);
        ExperimentTally tally = new ExperimentTally();
        tally.readCounts(in);
        tally.variants = Variants.readFrom(in);
        tally.lateEvents = in.readLong();
        tally.latest = Moment.readFrom(in);
        return tally;
    }
}
