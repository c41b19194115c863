package io.millrace.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.Millrace;
import io.millrace.cli.Workspace;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DemoCommandTest {

    @TempDir
    private Path root;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void namesTheTargetsThatCanBeSabotaged() {
        assertThat(run("demo", "--sabotage", "elasticsearch.user")).isEqualTo(2);
        assertThat(err.toString())
                .contains("--sabotage is `elasticsearch.user`")
                .contains("elasticsearch.users")
                .contains("redis.users")
                .contains("clickhouse.page_views_5min")
                .contains("clickhouse.audit_events")
                .contains("audit.archive")
                .contains("kafka.orders")
                .doesNotContain("redis.orders");
    }

    @Test
    void refusesToRunForNoTime() {
        assertThat(run("demo", "--seconds", "0")).isEqualTo(2);
        assertThat(err.toString()).contains("--seconds is 0; it must be at least 1");
    }

    @Test
    void refusesAnOffsetThatLeavesTheRangeOfPorts() {
        assertThat(run("demo", "--port-offset", "70000")).isEqualTo(2);
        assertThat(err.toString()).contains("70000");
    }

    @Test
    void startsNothingWhenTheCommandLineIsWrong() {
        run("demo", "--seconds", "0");
        assertThat(Files.exists(root.resolve(".millrace"))).isFalse();
    }

    @Test
    void explainsItself() {
        assertThat(run("demo", "--help")).isZero();
        assertThat(out.toString()).contains("--sabotage", "--seconds", "--seed", "--port-offset", "130");
    }

    private int run(String... arguments) {
        CommandLine commandLine = Millrace.of(new Workspace(root, Map.of()));
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }
}
