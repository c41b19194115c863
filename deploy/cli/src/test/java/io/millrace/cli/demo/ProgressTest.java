package io.millrace.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.pipeline.TargetCounts;
import io.millrace.shop.ShopSchema;
import io.millrace.shop.WorkloadCounts;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private final Progress progress = new Progress(new WorkloadCounts());

    @Test
    void saysNothingOfRatesBeforeTheSecondLook() {
        progress.look(0, counts(5, 0));
        assertThat(progress.line(Duration.ofSeconds(61)))
                .isEqualTo("1:01  shop - rows/s · kafka - · elasticsearch - · redis - · clickhouse - · dead letters 0");
    }

    @Test
    void turnsCountsIntoRates() {
        progress.look(0, counts(5, 0));
        progress.look(TimeUnit.SECONDS.toNanos(2), counts(25, 1));
        assertThat(progress.line(Duration.ofSeconds(2)))
                .isEqualTo("0:02  shop 0 rows/s · kafka 10 (p95 120 ms) · elasticsearch 0 · redis 0 · clickhouse 0"
                        + " · dead letters 1");
    }

    @Test
    void saysWhatVisitorsDo() {
        progress.look(0, counts(5, 0));
        progress.visitors("visitors 14:02: 812 views");

        assertThat(progress.line(Duration.ZERO)).endsWith("dead letters 0 · visitors 14:02: 812 views");
        assertThat(progress.table(Duration.ZERO, "")).last().asString().isEqualTo("  visitors 14:02: 812 views");
    }

    @Test
    void looksAtTheLastFewSecondsOnly() {
        for (int second = 0; second < 20; second++) {
            progress.look(TimeUnit.SECONDS.toNanos(second), counts(second < 10 ? second * 100L : 900 + second, 0));
        }
        assertThat(progress.line(Duration.ofSeconds(20))).contains("kafka 1 ");
    }

    @Test
    void showsNoNegativeRateAfterAJobRestarted() {
        progress.look(0, counts(500, 0));
        progress.look(TimeUnit.SECONDS.toNanos(1), counts(0, 0));
        assertThat(progress.line(Duration.ofSeconds(1))).contains("kafka 0 ");
    }

    @Test
    void drawsATableOfTheSameHeightEachTime() {
        progress.look(0, counts(0, 0));
        int height = progress.table(Duration.ZERO, "cdc-sync RUNNING").size();
        progress.look(TimeUnit.SECONDS.toNanos(1), counts(1_000, 3));
        assertThat(progress.table(Duration.ofSeconds(1), "cdc-sync RUNNING"))
                .hasSize(height)
                .hasSize(ShopSchema.TABLES.size() + 7)
                .anySatisfy(line -> assertThat(line).contains("users").contains("1000"))
                .anySatisfy(line -> assertThat(line).contains("dead letters 3"));
    }

    @Test
    void drawsOverItselfOnATerminalAndPrintsLinesElsewhere() {
        StringWriter terminal = new StringWriter();
        ProgressView drawing = new ProgressView(new PrintWriter(terminal), true);
        StringWriter log = new StringWriter();
        ProgressView printing = new ProgressView(new PrintWriter(log), false);
        for (int second = 0; second < 7; second++) {
            progress.look(TimeUnit.SECONDS.toNanos(second), counts(second, 0));
            drawing.show(progress, Duration.ofSeconds(second), "");
            printing.show(progress, Duration.ofSeconds(second), "");
        }
        assertThat(terminal.toString()).contains("\u001b[" + (ShopSchema.TABLES.size() + 7) + "A");
        assertThat(log.toString()).doesNotContain("\u001b");
        assertThat(log.toString().lines()).hasSize(2).last().asString().startsWith("0:05");
    }

    private static TargetCounts counts(long users, long deadLetters) {
        TargetCounts counts = new TargetCounts();
        counts.addRows("users", "kafka", users);
        counts.addDeadLetters(deadLetters);
        if (users > 5) {
            counts.addLatency("kafka", 80);
            counts.addLatency("kafka", 120);
        }
        return counts;
    }
}
