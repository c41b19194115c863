package io.millrace.analytics.event;

/** A user did something. */
public record UserAction(String userId, Action action) implements Stamped {

    @Override
    public Stamp stamp() {
        return action.stamp();
    }
}
