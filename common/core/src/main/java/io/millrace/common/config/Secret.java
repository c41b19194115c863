package io.millrace.common.config;

import java.io.Serializable;

/**
 * A value that must not be seen: it prints as {@code ***}. It is serializable because a client on a TaskManager
 * needs it; it therefore travels inside the job graph, which Flink's web page does not show and checkpoints do not
 * hold. It must never become part of an element, a state or a global job parameter.
 */
public final class Secret implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final String REDACTED = "***";

    private final String value;

    public Secret(String value) {
        this.value = value;
    }

    /** Returns the value itself, for the client that authenticates with it and for nobody else. */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return REDACTED;
    }
}
