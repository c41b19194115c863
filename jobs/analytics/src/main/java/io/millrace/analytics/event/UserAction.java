package io.millrace.analytics.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user did something.
 *
 * @param items of a purchase, as far as its producer names them
 * @param trace of a search or a click; null for anything else
 */
public record UserAction(
        String userId,
        Action action,
        List<LineItem> items,
        @Nullable SearchTrace trace) implements Stamped {

    public UserAction {
        items = List.copyOf(items);
    }

    @Override
    public Stamp stamp() {
        return action.stamp();
    }
}
