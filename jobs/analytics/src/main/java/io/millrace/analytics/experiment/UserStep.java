package io.millrace.analytics.experiment;

import io.millrace.analytics.event.Exposure;
import io.millrace.analytics.event.Money;
import io.millrace.analytics.event.Stamp;
import io.millrace.analytics.event.Stamped;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * What of a user's actions matters to experiments.
 *
 * @param exposure what was shown; null for nothing
 * @param paid for a purchase; null for anything else
 */
record UserStep(
        Stamp stamp, @Nullable Exposure exposure, @Nullable Money paid) implements Stamped {

    void writeTo(DataOutputView out) throws IOException {
        stamp.writeTo(out);
        out.writeBoolean(exposure != null);
        if (exposure != null) {
            exposure.writeTo(out);
        }
        out.writeBoolean(paid != null);
        if (paid != null) {
            paid.writeTo(out);
        }
    }

    static UserStep readFrom(DataInputView in) throws IOException {
        return new UserStep(
                Stamp.readFrom(in),
                in.readBoolean() ? Exposure.readFrom(in) : null,
                in.readBoolean() ? Money.readFrom(in) : null);
    }
}
