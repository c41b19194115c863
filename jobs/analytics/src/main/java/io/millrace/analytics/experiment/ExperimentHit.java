package io.millrace.analytics.experiment;

import io.millrace.analytics.event.Stamp;
import io.millrace.analytics.event.Stamped;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * How an hour of an experiment changes by what a user did.
 *
 * @param stamp of the last event that it follows from, without a name, because it is told once
 * @param late events in it that came after the hour had ended
 */
record ExperimentHit(Stamp stamp, Variants change, long late) implements Stamped {

    void writeTo(DataOutputView out) throws IOException {
        stamp.writeTo(out);
        change.writeTo(out);
        out.writeLong(late);
    }

    static ExperimentHit readFrom(DataInputView in) throws IOException {
        return new ExperimentHit(Stamp.readFrom(in), Variants.readFrom(in), in.readLong());
    }
}
