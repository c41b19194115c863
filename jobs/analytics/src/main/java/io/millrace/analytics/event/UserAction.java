package io.millrace.analytics.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user did something.
 *
 * @param items of a purchase, as far as its producer names them
 * @param trace of a search or a click; null for anything else
 * @param sessionId null if it is not named
 * @param exposure what the user was shown, with whatever was done; null if nothing of an experiment
 */
public record UserAction(
        String userId,
        Action action,
        List<LineItem> items,
        @Nullable SearchTrace trace,
        @Nullable String sessionId,
        @Nullable Exposure exposure)
        implements Stamped {

    public UserAction {
        items = List.copyOf(items);
    }

    @Override
    public Stamp stamp() {
        return action.stamp();
    }
}
