package io.millrace.common.sink.deadletter;

import io.millrace.common.failure.DataException;

/** A dead letter is sent again after a deletion of its row may have been forgotten. */
public final class ForgottenException extends DataException {

    private static final long serialVersionUID = 1L;

    ForgottenException(String message) {
        super(message);
    }
}
