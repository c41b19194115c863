package io.millrace.analytics.event;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Somebody was shown a variant of an experiment.
 *
 * @param experiment its id
 * @param variant as its producer names it
 */
public record Exposure(String experiment, String variant) {

    public void writeTo(DataOutputView out) throws IOException {
        out.writeUTF(experiment);
        out.writeUTF(variant);
    }

    public static Exposure readFrom(DataInputView in) throws IOException {
        return new Exposure(in.readUTF(), in.readUTF());
    }
}
