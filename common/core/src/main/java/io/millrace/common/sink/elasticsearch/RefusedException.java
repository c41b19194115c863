package io.millrace.common.sink.elasticsearch;

import java.io.IOException;

/** Elasticsearch answered a request, and the answer is an error. */
final class RefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient ItemAnswer answer;

    RefusedException(String what, ItemAnswer answer) {
        super(what + ": Elasticsearch answered " + answer.status() + " " + answer.errorType()
                + (answer.reason() == null ? "" : ": " + answer.reason()));
        this.answer = answer;
    }

    ItemAnswer answer() {
        return answer;
    }
}
