package io.millrace.analytics.event;

import java.util.List;

/**
 * A user did something.
 *
 * @param items of a purchase, as far as its producer names them
 */
public record UserAction(String userId, Action action, List<LineItem> items) implements Stamped {

    public UserAction {
        items = List.copyOf(items);
    }

    @Override
    public Stamp stamp() {
        return action.stamp();
    }
}
