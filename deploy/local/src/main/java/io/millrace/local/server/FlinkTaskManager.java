package io.millrace.local.server;

import io.millrace.local.DataFolder;
import io.millrace.local.Port;
import io.millrace.local.Server;
import io.millrace.local.StartListener;
import io.millrace.local.process.Launch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** One TaskManager of a Flink session cluster. */
final class FlinkTaskManager implements ServerProcess {

    private final Site site;
    private final Ordinal ordinal;

    /** Tells this start from an earlier one, which the JobManager may remember for a while. */
    private final String resourceId;

    FlinkTaskManager(Site site, Ordinal ordinal) {
        this.site = site;
        this.ordinal = ordinal;
        this.resourceId = ordinal.label() + "-" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
    }

    /** Which of the two, with its ports. */
    enum Ordinal {
        FIRST("taskmanager-1", Port.FLINK_TASKMANAGER_1_DATA, Port.FLINK_TASKMANAGER_1_METRICS),
        SECOND("taskmanager-2", Port.FLINK_TASKMANAGER_2_DATA, Port.FLINK_TASKMANAGER_2_METRICS);

        private final String label;
        private final Port data;
        private final Port metrics;

        Ordinal(String label, Port data, Port metrics) {
            this.label = label;
            this.data = data;
            this.metrics = metrics;
        }

        String label() {
            return label;
        }

        Port data() {
            return data;
        }

        Port metrics() {
            return metrics;
        }
    }

    @Override
    public String name() {
        return "flink-" + ordinal.label();
    }

    @Override
    public Server server() {
        return Server.FLINK;
    }

    @Override
    public List<Port> ports() {
        return List.of(ordinal.data(), ordinal.metrics());
    }

    @Override
    public void prepare(StartListener listener) throws IOException {
        // what a killed one left: working copies of state, which checkpoints hold
        DataFolder.deleteTree(folder().resolve("tmp"));
        Files.createDirectories(folder().resolve("tmp"));
        Files.createDirectories(conf());
        Files.writeString(conf().resolve("config.yaml"), FlinkConfiguration.taskManager(site, ordinal, resourceId));
    }

    @Override
    public Launch launch() {
        return site.launch(
                        Server.FLINK,
                        name(),
                        new JavaCommand(site, Server.FLINK)
                                .option(FlinkMemory.taskManagerOptions())
                                .option(FlinkConfiguration.opens())
                                .option("-Dlog.file=" + site.data().log(name()))
                                .main(
                                        "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
                                        "--configDir",
                                        conf().toString()))
                .withEnvironment(FlinkPlugins.environment());
    }

    @Override
    public boolean answers() throws IOException, InterruptedException {
        return Probe.get(site.addresses().flinkUrl() + "/taskmanagers").contains("\"" + resourceId + "\"");
    }

    @Override
    public Duration stopDeadline() {
        return Duration.ofSeconds(10);
    }

    private Path folder() {
        return site.folder(Server.FLINK).resolve(ordinal.label());
    }

    private Path conf() {
        return folder().resolve("conf");
    }
}
