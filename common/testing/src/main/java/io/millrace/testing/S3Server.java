package io.millrace.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A server that speaks S3, with two buckets, in a process of its own. It checks signatures, also those of chunks, and shows
 * objects whole or not at all.
 */
public final class S3Server implements AutoCloseable {

    public static final String BUCKET = "audit";

    /**
     * Another bucket, as Amazon's are with a default retention of Object Lock: what comes without a checksum is refused, and
     * what is replaced or removed is kept.
     */
    public static final String LOCKED = "locked";

    /** Both the id of the access key and its secret. */
    public static final String ACCESS = "S3RVER";

    private static final Path FOLDER = Path.of("target", "s3").toAbsolutePath();
    private static final String PROGRAM = "server.js";
    private static final String FULL_OR_NOT = "USR2";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path data;
    private final int port;
    private Process process;

    private S3Server(Path data, int port) throws IOException {
        this.data = data;
        this.port = port;
        this.process = launch(data, port);
    }

    /** Starts it on a free port; it keeps what it is given in a folder. */
    public static S3Server start(Path data) throws IOException {
        install();
        S3Server server = new S3Server(data, FreePort.reserve());
        server.awaitAnswer();
        return server;
    }

    private static void install() throws IOException {
        Files.createDirectories(FOLDER);
        for (String name : List.of("package.json", PROGRAM)) {
            try (InputStream shipped = Objects.requireNonNull(S3Server.class.getResourceAsStream("s3/" + name), name)) {
                Files.copy(shipped, FOLDER.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        NodePackages.install(FOLDER);
    }

    private static Process launch(Path data, int port) throws IOException {
        Process process = new ProcessBuilder(
                        "node",
                        // for the names at which it goes on with a list
                        "--openssl-legacy-provider",
                        FOLDER.resolve(PROGRAM).toString(),
                        data.toAbsolutePath().toString(),
                        Integer.toString(port),
                        BUCKET,
                        LOCKED)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        FOLDER.resolve("server.log").toFile()))
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return process;
    }

    private void awaitAnswer() {
        await("the S3 server answers").atMost(PATIENCE).until(this::answers);
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns its address, as {@code http://127.0.0.1:40213}. */
    public String endpoint() {
        return "http://127.0.0.1:" + port;
    }

    /** Returns the environment by which AWS' own tools would find it. */
    public Map<String, String> environment() {
        return Map.of("AWS_ENDPOINT_URL", endpoint(), "AWS_ACCESS_KEY_ID", ACCESS, "AWS_SECRET_ACCESS_KEY", ACCESS);
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
        process.destroyForcibly().waitFor();
    }

    /** Sends it a signal by its name, such as {@code STOP}, after which it neither answers nor closes a connection. */
    public void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    /** Lets it be full: it answers, and takes nothing, until {@link #makeRoom}. */
    public void fill() throws IOException, InterruptedException {
        signal(FULL_OR_NOT);
    }

    /** Lets it take what it is given again. */
    public void makeRoom() throws IOException, InterruptedException {
        signal(FULL_OR_NOT);
    }

    /** Starts it again, on the same port, with what it had. */
    public void startAgain() throws IOException {
        process = launch(data, port);
        awaitAnswer();
    }

    @Override
    public void close() throws InterruptedException {
        stop();
    }
}
