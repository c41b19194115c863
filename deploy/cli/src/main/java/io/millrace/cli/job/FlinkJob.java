package io.millrace.cli.job;

import java.util.Set;

/**
 * A job as Flink lists it.
 *
 * @param id 32 hexadecimal digits
 * @param state such as {@code RUNNING}
 * @param ready whether every task runs or has finished, without which there is no savepoint
 */
public record FlinkJob(String id, String name, String state, boolean ready) {
    private static final Set<String> ENDED = Set.of("FINISHED", "CANCELED", "FAILED");

    boolean live() {
        return !ENDED.contains(state);
    }
}
