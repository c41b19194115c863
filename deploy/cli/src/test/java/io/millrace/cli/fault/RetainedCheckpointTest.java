package io.millrace.cli.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetainedCheckpointTest {

    @TempDir
    private Path job;

    @Test
    void isTheLastByNumberThatIsComplete() throws IOException {
        complete("chk-9");
        complete("chk-10");
        Files.createDirectories(job.resolve("chk-11"));
        Files.createDirectories(job.resolve("shared"));

        assertThat(RetainedCheckpoint.last(job)).startsWith("file:").contains("/chk-10");
    }

    @Test
    void saysWhereItLookedForOne() throws IOException {
        Files.createDirectories(job.resolve("chk-1"));

        assertThatThrownBy(() -> RetainedCheckpoint.last(job))
                .hasMessageContaining("no complete checkpoint")
                .hasMessageContaining(job.toString());
    }

    private void complete(String name) throws IOException {
        Files.createDirectories(job.resolve(name));
        Files.createFile(job.resolve(name).resolve("_metadata"));
    }
}
