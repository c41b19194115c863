package io.millrace.audit.proof;

import io.millrace.local.server.FlinkPlugins;
import io.millrace.testing.S3Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.plugin.DefaultPluginManager;
import org.apache.flink.core.plugin.DirectoryBasedPluginFinder;

/** A server that speaks S3, and Flink's plugin for it in this process. */
final class ObjectStore implements AutoCloseable {

    private static final Path DATA = Path.of("target", "s3-data").toAbsolutePath();

    private final S3Server server;

    private ObjectStore(S3Server server) {
        this.server = server;
    }

    /** Starts it, and lets Flink find it. */
    static ObjectStore start() throws IOException {
        S3Server server = S3Server.start(DATA);
        Configuration flink = Configuration.fromMap(Map.of(
                "s3.endpoint",
                server.endpoint(),
                "s3.path.style.access",
                "true",
                "s3.access-key",
                S3Server.ACCESS,
                "s3.secret-key",
                S3Server.ACCESS,
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
                        new DirectoryBasedPluginFinder(FlinkPlugins.folder()).findPlugins(),
                        CoreOptions.getPluginParentFirstLoaderPatterns(flink)));
        return new ObjectStore(server);
    }

    void stop() throws InterruptedException {
        server.stop();
    }

    void freeze() throws IOException, InterruptedException {
        server.signal("STOP");
    }

    void thaw() throws IOException, InterruptedException {
        server.signal("CONT");
    }

    void fill() throws IOException, InterruptedException {
        server.fill();
    }

    void makeRoom() throws IOException, InterruptedException {
        server.makeRoom();
    }

    List<byte[]> olderVersions(String key) throws IOException {
        return server.olderVersions(key);
    }

    void startAgain() throws IOException {
        server.startAgain();
    }

    /** Ends the server; Flink has its file systems of before. */
    @Override
    public void close() throws InterruptedException {
        server.close();
        FileSystem.initialize(new Configuration(), null);
    }
}
