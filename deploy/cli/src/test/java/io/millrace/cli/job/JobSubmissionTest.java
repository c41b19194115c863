package io.millrace.cli.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.cli.CommandFailure;
import io.millrace.cli.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobSubmissionTest {
    @TempDir
    private Path folder;

    @Test
    void theConfigurationTravelsAsTextAndSettingsKeepTheirOrder() throws IOException {
        String yaml = "name: cdc-sync\nsource: {kafka: {}}\n# größe\n";
        Path config = Files.writeString(folder.resolve("a b.yaml"), yaml);
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("generation", "1");
        settings.put("a.b", "x=y");
        List<String> arguments = new JobSubmission(Path.of("job.jar"), config, settings, "file:/s-1").arguments();
        assertThat(arguments)
                .containsExactly(
                        "run",
                        "--detached",
                        "--fromSavepoint",
                        "file:/s-1",
                        "job.jar",
                        "--config-inline",
                        Base64.getEncoder().encodeToString(yaml.getBytes(StandardCharsets.UTF_8)),
                        "--set",
                        "generation=1",
                        "--set",
                        "a.b=x=y");
    }

    @Test
    void theJobsNameIsTheSettingsOrTheFiles() throws IOException {
        Path config = Files.writeString(folder.resolve("c.yaml"), "name: cdc-sync\n");
        Path jar = Path.of("job.jar");
        assertThat(new JobSubmission(jar, config, Map.of(), null).jobName()).hasValue("cdc-sync");
        assertThat(new JobSubmission(jar, config, Map.of("name", "other"), null).jobName())
                .hasValue("other");
        assertThat(new JobSubmission(jar, null, Map.of(), null).jobName()).isEmpty();
    }

    @Test
    void whatFlinkPrintedTellsTheIdAndTheNotes() {
        String id = "5e20cb6b0f357591171dfcca2eea09de";
        String output =
                "WARNING: note: no\nnote: `a` could not be checked\nJob has been submitted with JobID " + id + "\n";
        assertThat(JobSubmission.Accepted.in(output))
                .hasValue(new JobSubmission.Accepted(id, List.of("note: `a` could not be checked")));
        assertThat(JobSubmission.Accepted.in("note: `a` could not be checked\n"))
                .isEmpty();
    }

    @Test
    void aConfigurationTooLongForAnArgumentIsAnError() throws IOException {
        Path config = Files.writeString(folder.resolve("c.yaml"), "#".repeat(120_000));
        assertThatThrownBy(() -> new JobSubmission(Path.of("job.jar"), config, Map.of(), null).arguments())
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("120000 bytes");
    }

    @Test
    void aMissingConfigurationIsNamed() {
        assertThatThrownBy(
                        () -> new JobSubmission(Path.of("job.jar"), folder.resolve("none"), Map.of(), null).arguments())
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("none does not exist");
    }

    @Test
    void findsTheOneJarOfAJob() throws IOException {
        Path target = Files.createDirectories(folder.resolve("jobs/cdc/target"));
        Files.createFile(folder.resolve("jobs/cdc/pom.xml"));
        Files.createFile(target.resolve("original-millrace-cdc-1.jar"));
        Files.createFile(target.resolve("millrace-cdc-1-sources.jar"));
        Workspace workspace = new Workspace(folder, Map.of());
        assertThatThrownBy(() -> JobJar.find(workspace, "cdc"))
                .hasMessageContaining("holds 0 jars of the job; build it");
        Path jar = Files.createFile(target.resolve("millrace-cdc-1.jar"));
        assertThat(JobJar.find(workspace, "cdc")).isEqualTo(jar);
        assertThatThrownBy(() -> JobJar.find(workspace, "cdx"))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("there is no job `cdx`; the jobs are cdc");
    }
}
