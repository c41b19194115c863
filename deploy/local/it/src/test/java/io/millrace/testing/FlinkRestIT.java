package io.millrace.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.local.LocalProcess;
import io.millrace.local.LocalServers;
import io.millrace.local.Server;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@WithServers(Server.FLINK)
class FlinkRestIT {

    @TempDir
    private Path folder;

    private LocalServers servers;
    private FlinkRest flink;

    @BeforeEach
    void connect(LocalServers shared) {
        servers = shared;
        flink = FlinkRest.of(shared);
    }

    @AfterEach
    void cancelWhatRuns() {
        flink.jobs().forEach(flink::cancel);
    }

    @Test
    void submitsAJobThatCheckpointsAndGoesOnFromItsSavepoint() throws IOException {
        Path jar = jar();
        String job = flink.submit(jar, List.of("2"));
        flink.awaitRunning(job);
        flink.awaitCheckpoint(job);

        String savepoint = flink.stop(job);

        assertThat(Path.of(URI.create(savepoint)))
                .isDirectory()
                .startsWith(servers.data().savepoints());
        String again = flink.submit(jar, savepoint, List.of("1"));
        flink.awaitRunning(again);
        assertThat(flink.get("/jobs/" + again + "/checkpoints")
                        .at("/counts/restored")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void aJobOutlivesTheTaskManagerThatRunsIt() throws IOException {
        String job = flink.submit(jar(), List.of("8"));
        flink.awaitRunning(job);
        flink.awaitCheckpoint(job);
        LocalProcess taskManager = servers.process("flink-taskmanager-1");

        taskManager.kill();

        assertThat(taskManager.running()).isFalse();
        Awaitility.await("the loss is noticed").atMost(STATE).until(() -> flink.restarts(job), count -> count > 0);
        taskManager.start();
        flink.awaitRunning(job);
        flink.awaitCheckpoint(job);
        assertThat(flink.get("/jobs/" + job + "/checkpoints")
                        .at("/counts/restored")
                        .asInt())
                .isPositive();
    }

    @Test
    void refusesAJarThatIsUploadedThroughTheWeb() {
        assertThatThrownBy(() -> flink.get("/jars")).hasMessageContaining("404");
    }

    @Test
    void tellsWhatFlinkSaidWhenItRefusesAJob() throws IOException {
        Path jar = jar();
        assertThatThrownBy(() -> flink.submit(jar, List.of("no number")))
                .hasMessageContaining("flink run failed")
                .hasMessageContaining("NumberFormatException");
    }

    private static final java.time.Duration STATE = java.time.Duration.ofMinutes(2);

    private Path jar() throws IOException {
        Path jar = folder.resolve("endless.jar");
        Path classes = Path.of("target", "test-classes");
        String main = EndlessJob.class.getName();
        var manifest = new java.util.jar.Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        manifest.getMainAttributes().putValue("Main-Class", main);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                Stream<Path> files = Files.list(classes.resolve("io/millrace/testing"))) {
            for (Path file : files.filter(path -> path.getFileName().toString().startsWith("EndlessJob"))
                    .toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, out);
            }
        }
        return jar;
    }
}
