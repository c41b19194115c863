package io.millrace.analytics.experiment;

import io.millrace.analytics.window.Window;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What an experiment has come to in an hour.
 *
 * @param window whose key is the experiment
 * @param late events that came after the hour had ended
 * @param latest the last event of it
 */
record ExperimentResult(Window window, Variants variants, long late, Moment latest) {

    String experiment() {
        return window.key();
    }

    void writeTo(DataOutputView out) throws IOException {
        out.writeUTF(window.key());
        out.writeLong(window.start());
        out.writeLong(window.end());
        variants.writeTo(out);
        out.writeLong(late);
        latest.writeTo(out);
    }

    static ExperimentResult readFrom(DataInputView in) throws IOException {
        Window window = new Window(in.readUTF(), in.readLong(), in.readLong());
        return new ExperimentResult(window, Variants.readFrom(in), in.readLong(), Moment.readFrom(in));
    }
}
