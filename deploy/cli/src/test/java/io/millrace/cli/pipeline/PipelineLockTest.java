package io.millrace.cli.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineLockTest {

    @TempDir
    private Path folder;

    @Test
    void keepsASecondDemoOutUntilTheFirstHasEnded() throws IOException {
        Path file = folder.resolve("runs").resolve("demo.lock");
        try (PipelineLock first = PipelineLock.take(file)) {
            assertThat(first.channel().isOpen()).isTrue();
            assertThatThrownBy(() -> PipelineLock.take(file))
                    .isInstanceOf(CommandFailure.class)
                    .hasMessageContaining("a demo runs already")
                    .hasMessageContaining("Ctrl-C");
        }
        PipelineLock.take(file).close();
    }
}
