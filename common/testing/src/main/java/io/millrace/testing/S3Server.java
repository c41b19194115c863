package io.millrace.testing;

import io.millrace.local.DataFolder;
import io.millrace.local.ObjectStore;
import io.millrace.local.process.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** An {@link ObjectStore} of a test, which ends with it. */
public final class S3Server implements AutoCloseable {

    /** As in {@link ObjectStore#BUCKET}. */
    public static final String BUCKET = ObjectStore.BUCKET;

    /** As in {@link ObjectStore#LOCKED}. */
    public static final String LOCKED = ObjectStore.LOCKED;

    private static final Path FOLDER = Path.of("target", "s3");

    private final Path data;
    private final ObjectStore store;

    private S3Server(Path data, ObjectStore store) {
        this.data = data;
        this.store = store;
        Runtime.getRuntime().addShutdownHook(new Thread(() -> store.signal(Signal.KILL), "stop-s3"));
    }

    /** Starts it on a free port; it keeps what it is given in a folder. */
    public static S3Server start(Path data) throws IOException, InterruptedException {
        return new S3Server(data, ObjectStore.start(new DataFolder(FOLDER), FOLDER, data));
    }

    /** Returns its address, as {@code http://127.0.0.1:40213}. */
    public String endpoint() {
        return store.endpoint();
    }

    /** Returns the environment by which AWS' own tools would find it. */
    public Map<String, String> environment() {
        return store.environment();
    }

    /** Returns what Flink is told, so that its plugin finds it and waits for an answer for some time. */
    public Map<String, String> flinkSettings(Duration patience) {
        return store.flinkSettings(patience);
    }

    /** Returns what an object of the bucket {@link #LOCKED} was before it was replaced or removed, the oldest first. */
    public List<byte[]> olderVersions(String key) throws IOException {
        Path kept = data.resolve(".versions").resolve(LOCKED).resolve(key);
        List<byte[]> versions = new ArrayList<>();
        if (Files.isDirectory(kept)) {
            try (Stream<Path> files = Files.list(kept)) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    versions.add(Files.readAllBytes(file));
                }
            }
        }
        return versions;
    }

    /** Ends it at once; what it was given stays. */
    public void stop() throws InterruptedException {
        store.kill();
    }

    /** Sends it a signal, such as {@code STOP}, after which it neither answers nor closes a connection. */
    public void signal(Signal signal) {
        store.signal(signal);
    }

    /** Lets it be full: it answers, and takes nothing, until {@link #makeRoom}. */
    public void fill() {
        signal(Signal.USR2);
    }

    /** Lets it take what it is given again. */
    public void makeRoom() {
        signal(Signal.USR2);
    }

    /** Starts it again, on the same port, with what it had. */
    public void startAgain() throws IOException, InterruptedException {
        store.startAgain();
    }

    @Override
    public void close() throws InterruptedException {
        stop();
    }
}
