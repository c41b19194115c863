package io.millrace.local.process;

import io.millrace.local.DataFolder;
import io.millrace.local.LocalServerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Starts the processes of one data folder. */
public final class Launcher {

    /** The variable by which a process of a data folder is known even when nobody could write down its pid. */
    public static final String MARK = "MILLRACE_DATA_FOLDER";

    private static final List<Path> PATHS =
            Stream.of("/usr/bin", "/bin", "/usr/local/bin").map(Path::of).toList();

    private final DataFolder data;

    /** Makes one for a data folder. */
    public Launcher(DataFolder data) {
        this.data = data;
    }

    /** Starts a process that outlives this one: a session of its own, no terminal, its output in its log. */
    public ProcessIdentity start(Launch launch) throws IOException {
        List<String> command = new ArrayList<>();
        if (Launcher.has("setsid")) {
            command.add("setsid");
        }
        command.addAll(launch.command());
        Process process = begin(launch.withCommand(command));
        return ProcessIdentity.of(process.pid())
                .orElseThrow(() ->
                        new LocalServerException(launch.name() + " ended at once\n" + new Log(launch.log()).tail(0)));
    }

    /**
     * Runs a command to its end.
     *
     * @throws LocalServerException if it fails or takes longer than the deadline
     */
    public void run(Launch launch, Duration deadline) throws IOException, InterruptedException {
        Log log = new Log(launch.log());
        long from = log.size();
        Process process = begin(launch);
        if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
            throw new LocalServerException(
                    launch.name() + " did not end within " + deadline.toSeconds() + " s\n" + log.tail(from));
        }
        if (process.exitValue() != 0) {
            throw new LocalServerException(
                    launch.name() + " failed with exit code " + process.exitValue() + "\n" + log.tail(from));
        }
    }

    private Process begin(Launch launch) throws IOException {
        Files.createDirectories(launch.folder());
        ProcessBuilder builder = new ProcessBuilder(launch.command())
                .directory(launch.folder().toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(launch.log().toFile()));
        builder.environment().putAll(launch.environment());
        builder.environment().put(MARK, data.root().toString());
        return builder.start();
    }

    /** Returns whether the machine has a program. */
    public static boolean has(String program) {
        return PATHS.stream().anyMatch(path -> Files.isExecutable(path.resolve(program)));
    }
}
