package io.millrace.cli.fault;

import io.millrace.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The checkpoint that a JobManager leaves behind when it dies. */
final class RetainedCheckpoint {

    private static final String FOLDER = "chk-";

    private RetainedCheckpoint() {}

    /** Returns the address of the last complete one in the folder of a job's checkpoints. */
    static String last(Path job) throws IOException {
        try (Stream<Path> folders = Files.list(job)) {
            return folders.filter(folder -> folder.getFileName().toString().startsWith(FOLDER))
                    .filter(folder -> Files.isRegularFile(folder.resolve("_metadata")))
                    .max(Comparator.comparingLong(RetainedCheckpoint::number))
                    .orElseThrow(() -> new CommandFailure("there is no complete checkpoint in " + job))
                    .toUri()
                    .toString();
        }
    }

    private static long number(Path folder) {
        return Long.parseLong(folder.getFileName().toString().substring(FOLDER.length()));
    }
}
