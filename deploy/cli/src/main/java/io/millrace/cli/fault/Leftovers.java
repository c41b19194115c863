package io.millrace.cli.fault;

import java.util.ArrayDeque;
import java.util.Deque;

/** What is to be undone when everything has stopped, the last one first. */
final class Leftovers {

    private final Deque<Step> steps = new ArrayDeque<>();

    /** Undoes one thing. */
    @FunctionalInterface
    interface Step {
        void undo() throws Exception;
    }

    synchronized void add(Step step) {
        steps.push(step);
    }

    /** Undoes what has not been undone yet. */
    synchronized void undo() throws Exception {
        while (!steps.isEmpty()) {
            steps.pop().undo();
        }
    }
}
