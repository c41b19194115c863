package io.millrace.analytics.experiment;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * That a user takes part in an experiment.
 *
 * @param variant that was shown first
 * @param since when
 * @param bought whether the user has bought since
 * @param crossed whether another variant was shown, too
 * @param lastHour beginning of the last hour in which any was shown, in epoch milliseconds
 */
record Participation(String variant, Moment since, boolean bought, boolean crossed, long lastHour) {

    void writeTo(DataOutputView out) throws IOException {
        out.writeUTF(variant);
        since.writeTo(out);
        out.writeBoolean(bought);
        out.writeBoolean(crossed);
        out.writeLong(lastHour);
    }

    static Participation readFrom(DataInputView in) throws IOException {
        return new Participation(in.readUTF(), Moment.readFrom(in), in.readBoolean(), in.readBoolean(), in.readLong());
    }
}
