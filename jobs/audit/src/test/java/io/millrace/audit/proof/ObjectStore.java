package io.millrace.audit.proof;

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
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.plugin.DefaultPluginManager;
import org.apache.flink.core.plugin.DirectoryBasedPluginFinder;

/** A server that speaks S3, in a process of its own, and Flink's plugin for it in this one. */
final class ObjectStore implements AutoCloseable {

    static final String BUCKET = "audit";

    private static final Path SHIPPED = Path.of("src", "test", "resources", "s3", "package.json");
    private static final Path FOLDER = Path.of("target", "s3").toAbsolutePath();
    private static final Path PLUGINS = Path.of("target", "plugins").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final int port;
    private Process process;

    private ObjectStore(int port, Process process) {
        this.port = port;
        this.process = process;
    }

    /** Starts it, and lets Flink find it. */
    static ObjectStore start() throws IOException, InterruptedException {
        install();
        int port = freePort();
        ObjectStore store = new ObjectStore(port, launch(port));
        store.awaitAnswer();
        Configuration flink = Configuration.fromMap(Map.of(
                "s3.endpoint",
                "http://127.0.0.1:" + port,
                "s3.path.style.access",
                "true",
                "s3.access-key",
                "S3RVER",
                "s3.secret-key",
                "S3RVER",
                "s3.directory.marker.retention",
                "keep",
                "s3.multiobjectdelete.enable",
                "false",
                "s3.attempts.maximum",
                "2",
                "s3.connection.timeout",
                "2000"));
        FileSystem.initialize(
                flink,
                new DefaultPluginManager(
                        new DirectoryBasedPluginFinder(PLUGINS).findPlugins(),
                        CoreOptions.getPluginParentFirstLoaderPatterns(flink)));
        return store;
    }

    private static void install() throws IOException, InterruptedException {
        Files.createDirectories(FOLDER.resolve("data"));
        Files.copy(SHIPPED, FOLDER.resolve("package.json"), StandardCopyOption.REPLACE_EXISTING);
        if (!Files.exists(server())) {
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
    }

    private static Path server() {
        return FOLDER.resolve(Path.of("node_modules", "s3rver", "bin", "s3rver.js"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static Process launch(int port) throws IOException {
        Process process = new ProcessBuilder(List.of(
                        "node",
                        server().toString(),
                        "--directory",
                        FOLDER.resolve("data").toString(),
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

    void stop() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    void startAgain() throws IOException {
        process = launch(port);
        awaitAnswer();
    }

    /** Ends the server; Flink has its file systems of before. */
    @Override
    public void close() throws InterruptedException {
        stop();
        FileSystem.initialize(new Configuration(), null);
    }
}
