package io.millrace.local;

import io.millrace.local.process.Launch;
import io.millrace.local.process.Launcher;
import io.millrace.local.process.Log;
import io.millrace.local.process.ProcessIdentity;
import io.millrace.local.process.Signal;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A server that speaks S3, with two buckets, in a process of its own: for tests and faults, and none of those that a local run
 * starts. It checks signatures, also those of chunks, and shows objects whole or not at all. It takes Node.js and npm.
 */
public final class ObjectStore {

    public static final String BUCKET = "audit";

    /**
     * Another bucket, as Amazon's are with a default retention of Object Lock: what comes without a checksum is refused, and
     * what is replaced or removed is kept.
     */
    public static final String LOCKED = "locked";

    /** Both the id of the access key and its secret. */
    public static final String ACCESS = "S3RVER";

    private static final String NAME = "object-store";
    private static final String PROGRAM = "server.js";
    private static final Duration START_DEADLINE = Duration.ofMinutes(2);
    private static final Duration KILL_DEADLINE = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int CONNECT_MILLIS = 1_000;

    private final int port = Ports.freeOne();
    private final Launcher launcher;
    private final Launch launch;
    private volatile @Nullable ProcessIdentity process;

    private ObjectStore(DataFolder data, Path program, Path objects) {
        launcher = new Launcher(data);
        launch = new Launch(
                NAME,
                List.of(
                        "node",
                        // for the names at which it goes on with a list
                        "--openssl-legacy-provider",
                        program.resolve(PROGRAM).toString(),
                        objects.toString(),
                        Integer.toString(port),
                        BUCKET,
                        LOCKED),
                Map.of(),
                program,
                data.log(NAME));
    }

    /**
     * Starts one on a free port, and returns when it answers.
     *
     * @param data the data folder it belongs to: it has its log there, and goes when the servers of that folder are stopped
     * @param program where its program and the packages of that are, and are installed if they are not
     * @param objects where it keeps what it is given
     * @throws IOException if its packages cannot be installed, or it does not answer; the message says why
     */
    public static ObjectStore start(DataFolder data, Path program, Path objects)
            throws IOException, InterruptedException {
        install(program);
        data.create();
        ObjectStore store = new ObjectStore(data, program.toAbsolutePath(), objects.toAbsolutePath());
        store.startAgain();
        return store;
    }

    private static void install(Path program) throws IOException, InterruptedException {
        Files.createDirectories(program);
        for (String name : List.of("package.json", PROGRAM)) {
            try (InputStream shipped =
                    Objects.requireNonNull(ObjectStore.class.getResourceAsStream("objectstore/" + name), name)) {
                Files.copy(shipped, program.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        new NodeProgram(program).installPackages();
    }

    /** Starts it on the same port, with what it had, and returns when it answers. */
    public void startAgain() throws IOException, InterruptedException {
        Log log = new Log(launch.log());
        long logFrom = log.size();
        ProcessIdentity started = launcher.start(launch);
        process = started;
        long end = System.nanoTime() + START_DEADLINE.toNanos();
        while (!answers()) {
            if (!started.alive() || System.nanoTime() > end) {
                throw new IOException("the object store does not answer at " + endpoint() + ". " + log.tail(logFrom));
            }
            Thread.sleep(PAUSE.toMillis());
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Ends it at once; what it was given stays. Does nothing if it does not run. */
    public void kill() throws InterruptedException {
        ProcessIdentity running = process;
        if (running != null) {
            running.signalTree(Signal.KILL);
            if (!running.awaitEnd(KILL_DEADLINE)) {
                throw new LocalServerException("The object store (pid " + running.pid() + ") still runs "
                        + KILL_DEADLINE.toSeconds() + " s after kill -9; the system holds it");
            }
        }
    }

    /** Sends it a signal, such as {@code STOP}, after which it neither answers nor closes a connection. */
    public void signal(Signal signal) {
        ProcessIdentity running = process;
        if (running != null) {
            running.signalTree(signal);
        }
    }

    /** Returns its address, as {@code http://127.0.0.1:40213}. */
    public String endpoint() {
        return "http://" + Addresses.HOST + ":" + port;
    }

    /** Returns the environment by which AWS' own tools would find it, and the commands do. */
    public Map<String, String> environment() {
        return Map.of("AWS_ENDPOINT_URL", endpoint(), "AWS_ACCESS_KEY_ID", ACCESS, "AWS_SECRET_ACCESS_KEY", ACCESS);
    }

    /**
     * Returns what Flink is told, so that its plugin for S3 finds it.
     *
     * @param patience how long the plugin waits for an answer, once more if there is none
     */
    public Map<String, String> flinkSettings(Duration patience) {
        return Map.of(
                "s3.endpoint",
                endpoint(),
                "s3.path.style.access",
                "true",
                "s3.access-key",
                ACCESS,
                "s3.secret-key",
                ACCESS,
                "s3.directory.marker.retention",
                "keep",
                "s3.multiobjectdelete.enable",
                "false",
                "s3.attempts.maximum",
                "2",
                "s3.connection.timeout",
                Long.toString(patience.toMillis()));
    }
}
