package io.millrace.analytics.experiment;

import io.millrace.analytics.event.Stamp;
import io.millrace.analytics.event.Stamped;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** A hit, and of which experiment. */
record ExperimentNews(String experiment, ExperimentHit hit) implements Stamped {

    @Override
    public Stamp stamp() {
        return hit.stamp();
    }

    void writeTo(DataOutputView out) throws IOException {
        out.writeUTF(experiment);
        hit.writeTo(out);
    }

    static ExperimentNews readFrom(DataInputView in) throws IOException {
        return new ExperimentNews(in.readUTF(), ExperimentHit.readFrom(in));
    }
}
