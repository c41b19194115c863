package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script itself, over a project whose Maven is one line of shell. */
class ScriptIT {
    private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

    @TempDir
    private Path folder;

    private Path root;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void layOutAProjectWithASpaceInItsPath() throws IOException {
        root = Files.createDirectories(folder.resolve("a project"));
        Files.copy(ProjectFolder.root().resolve("millrace"), root.resolve("millrace"));
        executable(root.resolve("millrace"));
        for (String sources : List.of("common", "deploy/cli/src/main/java", "jobs/cdc/target")) {
            Files.createDirectories(root.resolve(sources));
        }
        Files.createFile(root.resolve("pom.xml"));
        Files.createFile(root.resolve("jobs/cdc/target/millrace-cdc-1.jar"));
        Path target = Files.createDirectories(root.resolve("deploy/cli/target"));
        Files.createSymbolicLink(target.resolve("lib"), built("lib"));
        Files.createSymbolicLink(target.resolve("millrace-cli-1.jar"), built("millrace-cli-*.jar"));
        Files.createFile(target.resolve("built"));
        newerThanSources(target.resolve("built"));
        Path tools = Files.createDirectories(folder.resolve("tools"));
        environment.put("PATH", tools + ":" + System.getenv("PATH"));
        environment.put("JAVA_HOME", JAVA_HOME.toString());
        environment.put("HOME", folder.toString());
        maven("echo must not build >&2; exit 9");
    }

    @Test
    void runsFromAnyFolderThroughALinkAndSaysHelp() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), root.resolve("millrace"));
        CommandLineRun run = run(link, folder, "--help");
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out()).startsWith("Usage: millrace").doesNotContain("\u001b");
    }

    @Test
    void passesArgumentsWithSpacesAndTheExitCode() throws Exception {
        CommandLineRun wrong = run("no such command");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains("'no such command'");
        CommandLineRun failed = run("topics", "plan");
        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.err()).contains("a project/deploy/topics.yaml, does not exist");
    }

    @Test
    void anOldJavaIsAnErrorThatNamesItAndTheRemedy() throws Exception {
        Path old = Files.createDirectories(folder.resolve("old/bin"));
        executable(Files.writeString(old.resolve("java"), "#!/bin/sh\nexit 1\n"));
        Files.writeString(folder.resolve("old/release"), "JAVA_VERSION=\"1.8.0_392\"\n");
        environment.put("JAVA_HOME", folder.resolve("old").toString());
        CommandLineRun run = run("--help");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains("old/bin/java is Java 1.8.0_392; Millrace needs a JDK 17 or newer: set JAVA_HOME");
    }

    @Test
    void aJavaHomeWithoutJavaIsAnError() throws Exception {
        environment.put("JAVA_HOME", folder.resolve("nowhere").toString());
        assertThat(run("--help").err()).contains("nowhere, which holds no bin/java");
    }

    @Test
    void aChangedSourceIsBuiltOnceAndSaidOnStandardError() throws Exception {
        changeASource();
        maven("""
                echo "$@" >>"%s"
                mkdir -p deploy/cli/target
                ln -sfn "%s" deploy/cli/target/lib
                ln -sf "%s" deploy/cli/target/millrace-cli-1.jar
                """.formatted(folder.resolve("maven-was-asked"), built("lib"), built("millrace-cli-*.jar")));
        CommandLineRun first = run("--version");
        assertThat(first.code()).isZero();
        assertThat(first.err())
                .contains("This first time Maven downloads about")
                .contains("Built in");
        assertThat(first.out()).startsWith("millrace ");
        newerThanSources(root.resolve("deploy/cli/target/built"));
        assertThat(run("--version").err()).isEmpty();
        assertThat(Files.readAllLines(folder.resolve("maven-was-asked")))
                .containsExactly("-B -Pquick -pl jobs/cdc/,deploy/cli -am package");
    }

    @Test
    void theBenchmarksAreBuiltWhenTheyAreAskedFor() throws Exception {
        maven("""
                echo "$@" >>"%s"
                mkdir -p benchmarks/target
                ln -sfn "%s" benchmarks/target/lib
                ln -sf "%s" benchmarks/target/millrace-benchmarks-1.jar
                """.formatted(folder.resolve("maven-was-asked"), built("lib"), built("millrace-cli-*.jar")));
        Files.createDirectories(root.resolve("benchmarks"));
        assertThat(run("--version").err()).isEmpty();
        assertThat(run("bench", "--help").out()).startsWith("Usage: millrace bench");
        assertThat(Files.readAllLines(folder.resolve("maven-was-asked")))
                .containsExactly("-B -Pquick -pl jobs/cdc/,benchmarks -am package");
    }

    @Test
    void aBuildThatFailsShowsItsErrorsAndNamesItsLog() throws Exception {
        changeASource();
        maven("echo '[INFO] much'; echo '[ERROR] Broken.java: not a statement'; exit 1");
        CommandLineRun run = run("--version");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains("[ERROR] Broken.java: not a statement")
                .contains("target/millrace-build.log")
                .doesNotContain("much");
    }

    private void changeASource() throws IOException {
        Path source = Files.createFile(root.resolve("deploy/cli/src/main/java/Changed.java"));
        newerThanSources(source);
        Files.setLastModifiedTime(root.resolve("deploy/cli/target/built"), FileTime.from(Instant.EPOCH));
    }

    private static void newerThanSources(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(60)));
    }

    private void maven(String script) throws IOException {
        executable(Files.writeString(folder.resolve("tools/mvn"), "#!/bin/sh\n" + script + "\n"));
    }

    private static void executable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Path built(String pattern) throws IOException {
        Path target = ProjectFolder.root().resolve("deploy/cli/target");
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.getFileSystem()
                            .getPathMatcher("glob:" + pattern)
                            .matches(file.getFileName()))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(pattern + " is not in " + target + ": package comes first"));
        }
    }

    private CommandLineRun run(String... arguments) throws Exception {
        return run(root.resolve("millrace"), root, arguments);
    }

    private CommandLineRun run(Path script, Path from, String... arguments) throws Exception {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(Stream.of(script.toString()), Stream.of(arguments))
                .toList());
        builder.environment().putAll(environment);
        Process process = builder.directory(from.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        process.getOutputStream().close();
        int code = process.waitFor();
        return new CommandLineRun(
                code, Files.readString(out, StandardCharsets.UTF_8), Files.readString(err, StandardCharsets.UTF_8));
    }
}
