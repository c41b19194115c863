package io.millrace.local.server;

import io.millrace.local.Port;
import io.millrace.local.Server;
import io.millrace.local.StartListener;
import io.millrace.local.process.Launch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The JobManager of a Flink session cluster, with the web page. */
final class FlinkJobManager implements ServerProcess {

    private static final String NAME = "flink-jobmanager";

    private final Site site;

    FlinkJobManager(Site site) {
        this.site = site;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Server server() {
        return Server.FLINK;
    }

    @Override
    public List<Port> ports() {
        return List.of(
                Port.FLINK,
                Port.FLINK_RPC,
                Port.FLINK_BLOB,
                Port.FLINK_JOBMANAGER_QUERY,
                Port.FLINK_JOBMANAGER_METRICS);
    }

    @Override
    public void prepare(StartListener listener) throws IOException {
        Files.createDirectories(site.data().checkpoints());
        Files.createDirectories(site.data().savepoints());
        Files.createDirectories(conf());
        Files.writeString(conf().resolve("config.yaml"), FlinkConfiguration.jobManager(site));
    }

    @Override
    public Launch launch() {
        return site.launch(
                        Server.FLINK,
                        NAME,
                        new JavaCommand(site, Server.FLINK)
                                .option(FlinkMemory.jobManagerOptions())
                                .option(FlinkConfiguration.opens())
                                .option("-Dlog.file=" + site.data().log(NAME))
                                .main(
                                        "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
                                        "--configDir",
                                        conf().toString()))
                .withEnvironment(FlinkPlugins.environment());
    }

    @Override
    public boolean answers() throws IOException, InterruptedException {
        return Probe.get(site.addresses().flinkUrl() + "/overview").contains("taskmanagers");
    }

    @Override
    public Duration stopDeadline() {
        return Duration.ofSeconds(10);
    }

    private Path conf() {
        return site.folder(Server.FLINK).resolve("jobmanager").resolve("conf");
    }
}
