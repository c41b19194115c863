package io.millrace.audit.proof;

import io.millrace.local.process.Signal;
import io.millrace.local.server.FlinkPlugins;
import io.millrace.testing.S3Server;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.plugin.DefaultPluginManager;
import org.apache.flink.core.plugin.DirectoryBasedPluginFinder;

/** A server that speaks S3, and Flink's plugin for it in this process. */
final class ObjectStore implements AutoCloseable {

    private static final Path DATA = Path.of("target", "s3-data").toAbsolutePath();

    /** Of the plugin, so that tests see the job's own. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final S3Server server;

    private ObjectStore(S3Server server) {
        this.server = server;
    }

    /** Starts it, and lets Flink find it. */
    static ObjectStore start() throws IOException, InterruptedException {
        S3Server server = S3Server.start(DATA);
        Configuration flink = Configuration.fromMap(server.flinkSettings(PATIENCE));
        FileSystem.initialize(
                flink,
                new DefaultPluginManager(
                        new DirectoryBasedPluginFinder(FlinkPlugins.folder()).findPlugins(),
                        CoreOptions.getPluginParentFirstLoaderPatterns(flink)));
        return new ObjectStore(server);
    }

    void stop() throws InterruptedException {
        server.stop();
    }

    void freeze() {
        server.signal(Signal.STOP);
    }

    void thaw() {
        server.signal(Signal.CONT);
    }

    void fill() {
        server.fill();
    }

    void makeRoom() {
        server.makeRoom();
    }

    List<byte[]> olderVersions(String key) throws IOException {
        return server.olderVersions(key);
    }

    void startAgain() throws IOException, InterruptedException {
        server.startAgain();
    }

    /** Ends the server; Flink has its file systems of before. */
    @Override
    public void close() throws InterruptedException {
        server.close();
        FileSystem.initialize(new Configuration(), null);
    }
}
