package io.millrace.cli.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StartProgressTest {
    private final StringWriter text = new StringWriter();

    @Test
    void printsALineForEachProcess() {
        StartProgress progress = new StartProgress(new PrintWriter(text), false);
        progress.ready("kafka", Duration.ofMillis(2345));
        progress.note("initialized the database");
        assertThat(text.toString().lines())
                .containsExactly("  kafka                    2.3 s", "  initialized the database");
    }

    @Test
    void aDownloadInAFileIsALineForEachQuarter() {
        StartProgress progress = new StartProgress(new PrintWriter(text), false);
        for (int megabytes = 0; megabytes <= 100; megabytes++) {
            progress.downloading("clickhouse", megabytes * 1_000_000L, 100_000_000L);
        }
        assertThat(text.toString().lines())
                .containsExactly(
                        "  downloading clickhouse: 0 of 100 MB",
                        "  downloading clickhouse: 25 of 100 MB",
                        "  downloading clickhouse: 50 of 100 MB",
                        "  downloading clickhouse: 75 of 100 MB",
                        "  downloading clickhouse: 100 of 100 MB");
    }

    @Test
    void aDownloadOnATerminalIsOneLineWrittenOver() {
        StartProgress progress = new StartProgress(new PrintWriter(text), true);
        progress.downloading("clickhouse", 1_000_000, 0);
        progress.downloading("clickhouse", 2_000_000, 0);
        progress.ready("clickhouse", Duration.ofSeconds(1));
        assertThat(text.toString().split("[\r\n]+"))
                .containsExactly(
                        "",
                        "  downloading clickhouse: 1 MB",
                        "  downloading clickhouse: 2 MB",
                        "  clickhouse               1.0 s");
    }
}
