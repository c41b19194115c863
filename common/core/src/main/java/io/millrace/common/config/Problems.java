package io.millrace.common.config;

import java.util.ArrayList;
import java.util.List;

/** Collects everything that is wrong, so that it is said at once; and what is worth a line, but stops nothing. */
public final class Problems {

    private final List<Problem> found = new ArrayList<>();
    private final List<Problem> notes = new ArrayList<>();

    /**
     * Notes a problem.
     *
     * @param message continues the path, as {@code is 0; it must be at least 1, because …}
     */
    public void add(String path, String message) {
        found.add(new Problem(path, message));
    }

    /**
     * Notes what may be as it should, but was not or could not be checked.
     *
     * @param message continues the path, as {@code could not be checked: …}
     */
    public void note(String path, String message) {
        notes.add(new Problem(path, message));
    }

    public List<Problem> found() {
        return List.copyOf(found);
    }

    /** Returns what was noted and stops nothing: for whoever starts the job to read. */
    public List<Problem> notes() {
        return List.copyOf(notes);
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
