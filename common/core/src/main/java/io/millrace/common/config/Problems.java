package io.millrace.common.config;

import java.util.ArrayList;
import java.util.List;

/** Collects everything that is wrong, so that it is said at once. */
public final class Problems {

    private final List<Problem> found = new ArrayList<>();

    /**
     * Notes a problem.
     *
     * @param message continues the path, as {@code is 0; it must be at least 1, because …}
     */
    public void add(String path, String message) {
        found.add(new Problem(path, message));
    }

    public List<Problem> found() {
        return List.copyOf(found);
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /**
     * Ends the checks.
     *
     * @throws InvalidConfigurationException if there is any problem; its message lists all of them
     */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new InvalidConfigurationException(found());
        }
    }
}
