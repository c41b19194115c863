package io.millrace.cli.fault;

import io.millrace.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder in which Flink makes the checkpoints of a job, and leaves the last ones behind when its JobManager dies. It
 * tells at once what Flink's own answers tell some seconds later.
 *
 * @param job what is called after the job's id
 */
record CheckpointFolder(Path job) {

    private static final String CHECKPOINT = "chk-";

    /** Returns the address of the last complete one. */
    String lastComplete() throws IOException {
        return all().stream()
                .filter(CheckpointFolder::isComplete)
                .max(Comparator.comparingLong(CheckpointFolder::number))
                .orElseThrow(() -> new CommandFailure("there is no complete checkpoint in " + job))
                .toUri()
                .toString();
    }

    /** Returns the number of the last one that was begun, 0 if none was. */
    long lastBegun() throws IOException {
        return all().stream().mapToLong(CheckpointFolder::number).max().orElse(0);
    }

    /** Returns whether one with a higher number is begun and not complete. */
    boolean isBegunAfter(long number) throws IOException {
        return all().stream().anyMatch(folder -> number(folder) > number && !isComplete(folder));
    }

    private List<Path> all() throws IOException {
        try (Stream<Path> folders = Files.list(job)) {
            return folders.filter(folder -> folder.getFileName().toString().startsWith(CHECKPOINT))
                    .toList();
        }
    }

    private static boolean isComplete(Path folder) {
        return Files.isRegularFile(folder.resolve("_metadata"));
    }

    private static long number(Path folder) {
        return Long.parseLong(folder.getFileName().toString().substring(CHECKPOINT.length()));
    }
}
