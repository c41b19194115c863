package io.millrace.recordings;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.local.Addresses;
import io.millrace.local.ProjectRoot;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records what each of Debezium's engines says about one database; see the README beside the recordings. */
@WithServers(Server.POSTGRES)
class RecordDebeziumIT {

    private static final List<String> EVERYTHING = List.of(
            "\\\"op\\\":\\\"r\\\"",
            "\\\"op\\\":\\\"c\\\"",
            "\\\"op\\\":\\\"u\\\"",
            "\\\"op\\\":\\\"d\\\"",
            "\\\"op\\\":\\\"t\\\"",
            "\\\"op\\\":\\\"m\\\"",
            "\"value\":null",
            "__debezium_unavailable_value",
            "\"topic\":\"__debezium-heartbeat.dbserver1\"",
            "\"topic\":\"dbserver1.transaction\"");

    private final Path module = ProjectRoot.find().resolve("deploy/recordings");
    private final Path folder = ProjectRoot.find().resolve("jobs/cdc/src/test/resources/recordings");
    private final Addresses addresses;

    RecordDebeziumIT(Addresses addresses) {
        this.addresses = addresses;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void everyVariantOfAnEngineSaysEverything(int major) throws Exception {
        Files.createDirectories(folder);
        Path log = module.resolve("target/debezium-" + major + ".log");

        Process engine = new ProcessBuilder(command(major))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(engine.waitFor(5, TimeUnit.MINUTES)).as("ended; see %s", log).isTrue();
        assertThat(engine.exitValue()).as("exit code; see %s", log).isZero();

        List<Path> recordings = recordings(major);
        assertThat(recordings).isNotEmpty();
        for (Path recording : recordings) {
            assertThat(Files.readString(recording)).as(recording.toString()).contains(EVERYTHING);
        }
    }

    private List<String> command(int major) throws IOException {
        Path target = module.resolve("debezium-" + major).resolve("target");
        String jars = Files.readString(target.resolve("classpath")).strip();
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Duser.timezone=UTC",
                "-cp",
                target.resolve("classes") + File.pathSeparator + jars,
                "io.millrace.recordings.engine.RecordTopics",
                addresses.postgresHost(),
                Integer.toString(addresses.postgresPort()),
                addresses.postgresUser(),
                Integer.toString(major),
                folder.toString());
    }

    private List<Path> recordings(int major) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("debezium-" + major + "-"))
                    .sorted()
                    .toList();
        }
    }
}
