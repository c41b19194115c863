package io.millrace.common.sink.notification;

import io.millrace.common.event.Operation;
import io.millrace.common.event.RowChange;
import java.util.Locale;
import java.util.Optional;

/** What can happen to a row that somebody may be told of. */
public enum ToldChange {
    INSERT(Operation.CREATE),
    UPDATE(Operation.UPDATE),
    DELETE(Operation.DELETE);

    private final Operation operation;

    ToldChange(Operation operation) {
        this.operation = operation;
    }

    /** Returns what a change is; nothing for the row of a snapshot, and for what is about no row. */
    public static Optional<ToldChange> of(RowChange change) {
        for (ToldChange told : values()) {
            if (told.operation == change.operation() && !change.source().snapshot()) {
                return Optional.of(told);
            }
        }
        return Optional.empty();
    }

    /** Returns the word for it in configurations and notifications. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
