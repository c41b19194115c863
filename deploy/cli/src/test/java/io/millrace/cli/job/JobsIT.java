package io.millrace.cli.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.cli.CommandLineRun;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@WithServers(Server.FLINK)
class JobsIT {
    private final Addresses addresses;
    private final FlinkJobs jobs;

    @TempDir
    private Path folder;

    private Path jar;

    JobsIT(Addresses addresses) {
        this.addresses = addresses;
        this.jobs = new FlinkJobs(new FlinkRest(URI.create(addresses.flinkUrl())));
    }

    @BeforeEach
    void compile() throws Exception {
        jar = EndlessJob.jar(folder);
    }

    @Test
    void aJobIsSubmittedStoppedWithASavepointAndResumedFromIt() throws Exception {
        Path config = Files.writeString(folder.resolve("job.yaml"), "name: it-resumed\n");
        CommandLineRun submitted = flink("submit", jar.toString(), "--config", config.toString());
        assertThat(submitted.err()).isEmpty();
        assertThat(submitted.out())
                .startsWith("submitted it-resumed as ")
                .contains(addresses.flinkUrl() + "/#/job/running/");
        awaitRunning("it-resumed");

        CommandLineRun second = flink("submit", jar.toString(), "--config", config.toString());
        assertThat(second.code()).isEqualTo(1);
        assertThat(second.err())
                .contains("a job named `it-resumed` runs already")
                .contains("--stop");

        CommandLineRun kept = flink(
                "savepoint",
                "it-resumed",
                "--to",
                folder.resolve("kept").toUri().toString());
        assertThat(kept.err()).isEmpty();
        assertThat(kept.out()).startsWith("file:").contains("/kept/savepoint-");
        assertThat(jobs.live("it-resumed").state()).isEqualTo("RUNNING");

        CommandLineRun stopped = flink("savepoint", "it-resumed", "--stop");
        assertThat(stopped.code()).isZero();
        await().atMost(Duration.ofMinutes(2))
                .until(() -> jobs.all().stream().noneMatch(job -> job.name().equals("it-resumed") && job.live()));

        CommandLineRun resumed = flink(
                "submit",
                jar.toString(),
                "--config",
                config.toString(),
                "--from",
                stopped.out().strip(),
                "--name",
                "it-resumed-again");
        assertThat(resumed.err()).isEmpty();
        awaitRunning("it-resumed-again");
        assertThat(flink("savepoint", "it-resumed-again", "--stop").code()).isZero();
    }

    @Test
    void whatTheJobCouldNotCheckIsShown() throws Exception {
        Path config = Files.writeString(folder.resolve("job.yaml"), "name: it-unsure\nnoted: 1\n");
        CommandLineRun run = flink("submit", jar.toString(), "--config", config.toString());
        assertThat(run.out().lines())
                .startsWith("note: `noted` could not be checked")
                .anyMatch(line -> line.startsWith("submitted it-unsure as "));
        awaitRunning("it-unsure");
        assertThat(jobs.parameters(jobs.live("it-unsure"))).containsEntry("shown", "a value");
        assertThat(flink("savepoint", "it-unsure", "--stop").code()).isZero();
    }

    @Test
    void aConfigurationThatTheJobRefusesIsSaidInTheJobsWords() throws Exception {
        Path config = Files.writeString(folder.resolve("job.yaml"), "name: it-broken\nbroken: 1\n");
        CommandLineRun run = flink("submit", jar.toString(), "--config", config.toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines())
                .containsExactly(
                        "millrace: the job was not submitted: the configuration has 1 problem:",
                        "  `broken` is unknown");
    }

    @Test
    void aJobThatDoesNotRunIsAnError() {
        CommandLineRun run = flink("savepoint", "it-nobody");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("no job `it-nobody` runs at " + addresses.flinkUrl());
    }

    @Test
    void aClusterThatDoesNotAnswerIsAnErrorWithTheRemedy() {
        CommandLineRun run = CommandLineRun.ofProject("savepoint", "x", "--flink", "http://127.0.0.1:1");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains("Flink at http://127.0.0.1:1 cannot be reached")
                .contains("millrace up");
    }

    private void awaitRunning(String name) {
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(jobs.live(name).ready()).isTrue());
    }

    private CommandLineRun flink(String command, String... rest) {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of(rest));
        arguments.addAll(List.of("--flink", addresses.flinkUrl()));
        return CommandLineRun.ofProject(arguments.toArray(String[]::new));
    }
}
