package io.millrace.cli.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFolderTest {

    @TempDir
    private Path job;

    private CheckpointFolder folder;

    @BeforeEach
    void open() {
        folder = new CheckpointFolder(job);
    }

    @Test
    void retainsTheLastByNumberThatIsComplete() throws IOException {
        complete("chk-9");
        complete("chk-10");
        Files.createDirectories(job.resolve("chk-11"));
        Files.createDirectories(job.resolve("shared"));

        assertThat(folder.lastComplete()).startsWith("file:").contains("/chk-10");
    }

    @Test
    void saysWhereItLookedForOne() throws IOException {
        Files.createDirectories(job.resolve("chk-1"));

        assertThatThrownBy(folder::lastComplete)
                .hasMessageContaining("no complete checkpoint")
                .hasMessageContaining(job.toString());
    }

    @Test
    void tellsOfOneThatIsBegunUntilItIsComplete() throws IOException {
        complete("chk-10");
        long before = folder.lastBegun();
        assertThat(folder.isBegunAfter(before)).isFalse();

        Files.createDirectories(job.resolve("chk-11"));
        assertThat(folder.isBegunAfter(before)).isTrue();

        complete("chk-11");
        assertThat(folder.isBegunAfter(before)).isFalse();
    }

    @Test
    void doesNotTakeOneThatWasGivenUpForOneThatIsBegun() throws IOException {
        Files.createDirectories(job.resolve("chk-3"));
        complete("chk-4");

        assertThat(folder.isBegunAfter(folder.lastBegun())).isFalse();
    }

    private void complete(String name) throws IOException {
        Files.createDirectories(job.resolve(name));
        Files.createFile(job.resolve(name).resolve("_metadata"));
    }
}
