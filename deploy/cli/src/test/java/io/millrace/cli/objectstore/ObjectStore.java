package io.millrace.cli.objectstore;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server that speaks S3, in a process of its own. It checks access keys, and no signatures. */
public final class ObjectStore implements AutoCloseable {

    public static final String BUCKET = "audit";

    private static final Path SHIPPED = Path.of("src", "test", "resources", "s3", "package.json");
    private static final Path FOLDER = Path.of("target", "s3").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final int port;
    private final Process process;

    private ObjectStore(int port, Process process) {
        this.port = port;
        this.process = process;
    }

    /** Starts it with an empty bucket. */
    public static ObjectStore start(Path data) throws IOException, InterruptedException {
        install();
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        ObjectStore store = new ObjectStore(port, launch(port, data));
        await("the S3 server answers").atMost(PATIENCE).until(store::answers);
        return store;
    }

    /** The environment of a command that uses it. */
    public Map<String, String> environment() {
        return Map.of(
                "AWS_ENDPOINT_URL",
                "http://127.0.0.1:" + port,
                "AWS_ACCESS_KEY_ID",
                "S3RVER",
                "AWS_SECRET_ACCESS_KEY",
                "S3RVER");
    }

    private static void install() throws IOException, InterruptedException {
        Files.createDirectories(FOLDER);
        Files.copy(SHIPPED, FOLDER.resolve("package.json"), StandardCopyOption.REPLACE_EXISTING);
        if (Files.exists(server())) {
            return;
        }
        Process npm = new ProcessBuilder(
                        "npm",
                        "install",
                        "--no-package-lock",
                        "--prefer-offline",
                        "--ignore-scripts",
                        "--no-audit",
                        "--no-fund",
                        "--loglevel=error")
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(npm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!npm.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || npm.exitValue() != 0) {
            throw new IllegalStateException("npm install of the S3 server failed: " + said);
        }
    }

    private static Path server() {
        return FOLDER.resolve(Path.of("node_modules", "s3rver", "bin", "s3rver.js"));
    }

    private static Process launch(int port, Path data) throws IOException {
        Process process = new ProcessBuilder(List.of(
                        "node",
                        server().toString(),
                        "--directory",
                        data.toString(),
                        "--address",
                        "127.0.0.1",
                        "--port",
                        Integer.toString(port),
                        "--configure-bucket",
                        BUCKET))
                .redirectErrorStream(true)
                .redirectOutput(FOLDER.resolve("server.log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return process;
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
