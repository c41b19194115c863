package io.millrace.analytics.parse;

import io.millrace.analytics.event.Exposure;
import io.millrace.common.failure.DataException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** {@code experiment {id, variant}}, of whatever action. */
final class ExperimentFields {

    private boolean isGiven;
    private @Nullable String id;
    private @Nullable String variant;

    void begin() {
        isGiven = false;
        id = null;
        variant = null;
    }

    void take(FieldValue value) throws IOException, DataException {
        begin();
        isGiven = true;
        value.object(this::takeField);
    }

    private void takeField(String name, FieldValue value) throws IOException, DataException {
        switch (name) {
            case "id" -> id = value.text(EventParser.LONGEST_NAME);
            case "variant" -> variant = value.text(EventParser.LONGEST_NAME);
            default -> {}
        }
    }

    /** Returns what was shown; null for an action without an experiment. */
    @Nullable
    Exposure exposure() throws DataException {
        if (!isGiven) {
            return null;
        }
        return new Exposure(
                EventParser.require("experiment.id", id), EventParser.require("experiment.variant", variant));
    }
}
