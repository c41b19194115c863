package io.millrace.local.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.local.DataFolder;
import io.millrace.local.FlinkCommand;
import io.millrace.local.LocalServerException;
import io.millrace.local.Ports;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerSettingsTest {

    @TempDir
    private Path folder;

    @Test
    void aTaskManagerStaysWithinItsShareOfTheMachine() {
        int sum = FlinkMemory.taskManager().entrySet().stream()
                .filter(entry -> !entry.getKey().endsWith(".min"))
                .mapToInt(entry -> Integer.parseInt(entry.getValue().toString().replace(" mb", "")))
                .sum();

        assertThat(sum).isLessThanOrEqualTo(1740);
        assertThat(FlinkConfiguration.SLOTS).isGreaterThanOrEqualTo(4);
    }

    @Test
    void aReportersPortIsText() {
        String yaml = FlinkConfiguration.jobManager(new Site(new DataFolder(folder), Ports.standard()));

        assertThat(yaml)
                .contains("metrics.reporter.prom.port: \"9249\"")
                .contains("rest.port: 8081\n")
                .contains("web.submit.enable: false");
    }

    /** Flink's own default is 3 s: who kills during a checkpoint, or waits for the next two, would be told of others. */
    @Test
    void checkpointsAreToldAsTheyAreNow() {
        String yaml = FlinkConfiguration.jobManager(new Site(new DataFolder(folder), Ports.standard()));

        assertThat(yaml).contains("rest.cache.checkpoint-statistics.timeout: \"1 ms\"");
    }

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, linux-amd64",
        "Linux, aarch64, linux-arm64",
        "Mac OS X, x86_64, darwin-amd64",
        "Mac OS X, aarch64, darwin-arm64",
        "Linux, riscv64, linux-riscv64"
    })
    void namesPlatformsAsBinariesDo(String os, String arch, String name) {
        assertThat(Platform.of(os, arch)).hasToString(name);
    }

    @Test
    void clickHouseSaysWhereItRuns() {
        assertThatThrownBy(() -> ClickHouseBinary.refuseUnknown(Platform.of("Mac OS X", "aarch64"), false))
                .isInstanceOf(LocalServerException.class)
                .hasMessageContaining("linux-amd64 with glibc; this is darwin-arm64");
        assertThatThrownBy(() -> ClickHouseBinary.refuseUnknown(Platform.of("Linux", "amd64"), true))
                .hasMessageContaining("musl");
    }

    @Test
    void aChecksumIsWrittenAsNpmWritesIt() throws IOException {
        Path file = Files.writeString(folder.resolve("abc"), "abc");

        assertThat(Checksum.sha512(file))
                .isEqualTo("3a81oZNherrMQXNJriBBMRLm+k6JqX6iCp7u5ktV05ohkpkqJ0/BqDa6PCOj/uu9RU1EI2Q86A4qmslPpUyknw==");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://host:1", "http:///x", "http://host:8081/flink"})
    void flinksAddressIsOfTheFormThatItsClientKnows(String address) {
        assertThatThrownBy(() -> new FlinkCommand(new DataFolder(folder), URI.create(address)))
                .isInstanceOf(LocalServerException.class)
                .hasMessageContaining("http://host:port");
    }

    @Test
    void flinkIsToldOfAnObjectStoreThatIsNotAmazons() {
        assertThat(FlinkPlugins.objectStore(Map.of("AWS_ENDPOINT_URL", "http://127.0.0.1:9000")))
                .containsEntry("s3.endpoint", "http://127.0.0.1:9000")
                .containsEntry("s3.path.style.access", true);
        assertThat(FlinkPlugins.objectStore(Map.of())).isEmpty();
    }

    @Test
    void everyProcessOfFlinkIsToldMoreFromThenOn() throws IOException {
        DataFolder data = new DataFolder(folder);
        Site site = new Site(data, Ports.standard());
        String told = "s3.endpoint: \"http://127.0.0.1:9000\"";
        assertThat(FlinkConfiguration.jobManager(site)).doesNotContain(told);

        FlinkSettings.write(data, Map.of("s3.endpoint", "http://127.0.0.1:9000"));

        assertThat(FlinkConfiguration.jobManager(site)).contains(told);
        assertThat(FlinkConfiguration.taskManager(site, FlinkTaskManager.Ordinal.FIRST, "first"))
                .contains(told);
        new FlinkCommand(data, URI.create("http://127.0.0.1:8081")).process(java.util.List.of());
        assertThat(folder.resolve("flink/client/127.0.0.1-8081/config.yaml"))
                .content()
                .contains(told);
    }

    @Test
    void flinksClientIsToldItsCluster() throws IOException {
        new FlinkCommand(new DataFolder(folder), URI.create("https://flink.example:443")).process(java.util.List.of());

        assertThat(folder.resolve("flink/client/flink.example-443/config.yaml"))
                .content()
                .contains("rest.address: \"flink.example\"")
                .contains("security.ssl.rest.enabled: true");
    }
}
