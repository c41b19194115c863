package io.millrace.common.sink.elasticsearch;

import io.millrace.common.event.RowChange;
import io.millrace.common.failure.DataException;
import io.millrace.common.failure.DeadLetter;
import io.millrace.common.failure.DeadLetterWriter;
import io.millrace.common.failure.Refusal;
import io.millrace.common.metrics.TargetMetrics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The changes of one bulk that Elasticsearch, or we before it, will never take. */
final class Refusals {

    private final String pipeline;
    private final List<RowChange> changes = new ArrayList<>();
    private final List<DeadLetter> letters = new ArrayList<>();

    Refusals(String pipeline) {
        this.pipeline = pipeline;
    }

    void add(RowRequest request, DataException reason) {
        add(request, reason.getClass().getSimpleName(), String.valueOf(reason.getMessage()));
    }

    void add(RowRequest request, ItemAnswer answer) {
        add(request, String.valueOf(answer.errorType()), answer.status() + " " + answer.reason());
    }

    private void add(RowRequest request, String errorClass, String message) {
        changes.add(request.change());
        letters.add(new Refusal(request.change(), errorClass, message)
                .toDeadLetter(pipeline, "elasticsearch." + request.alias()));
    }

    /** Returns when all are acknowledged. */
    void writeTo(DeadLetterWriter writer, TargetMetrics metrics) throws IOException {
        if (!letters.isEmpty()) {
            writer.write(letters);
            changes.forEach(metrics::deadLettered);
        }
    }
}
