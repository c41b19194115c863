package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MillraceTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|a command is missing",
                "topics|say `topics plan` or `topics apply`",
                "dlq|say `dlq list`, `dlq show` or `dlq redrive`",
                "analytics|say `analytics sweep`",
                "analytics sweep|Missing required option: '--generation=N'",
                "analytics sweep --generation 256|--generation is 256; it must be 1 to 255",
                "analytics sweep --generation 1 --from noon|`noon` is neither a time with its zone",
                "analytics sweep --generation 1 --database a.b|--database is `a.b`; it must be letters",
                "audit|say `audit verify`, `audit show`, `audit erase`, `audit expire`, `audit hold`, `audit keys` or `audit rebuild`",
                "audit hold|say `audit hold set`, `audit hold list` or `audit hold release`",
                "audit keys|say `audit keys signing`, `audit keys master` or `audit keys list`",
                "audit verify --public-key keys.pem|Missing required option: '--archive=DIR'",
                "audit expire --archive a --public-key k --older-than 0d|`0d` is no number of whole days from 1 on",
                "audit expire --archive a --public-key k --yes|--yes needs --private-key",
                "audit erase --archive a --subject x --wait soon|`soon` is no duration, such as 60s",
                "audit hold set --archive a --reason r|neither --subject nor --from nor --to says what is held",
                "audit show --archive a --subject x --from 2026-03-02 --to 2026-03-01|--to is 2026-03-01",
                "tpoics|Did you mean: millrace topics",
                "up --prot-offset 1|Unknown option",
                "up --port-offset many|'many' is not an int",
                "up --port-offset 70000|The port offset 70000 moves the port of kafka",
                "up --only kafka,mysql|mysql",
                "dlq show 7|`7` is not PARTITION:OFFSET",
                "dlq list --limit -1|--limit is -1; it must be at least 0",
                "topics plan --for table|`table` is not PLACEHOLDER=NAME",
                "submit|Missing required parameter: 'JOB'",
                "submit cdc --set generation|should be in KEY=VALUE format"
            })
    void aWrongCommandLineEndsWithTwoAndSaysWhereTheHelpIs(String arguments, String message) {
        CommandLineRun run = run(arguments.isEmpty() ? new String[0] : arguments.split(" "));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("millrace: ").contains(message).contains("--help`.");
        assertThat(run.err().lines().count()).isLessThanOrEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "topics plan --file FOLDER/none.yaml|none.yaml, does not exist",
                "topics plan|deploy/topics.yaml, does not exist",
                "migrate|no local postgres runs; start it with `millrace up`, or name another with --postgres",
                "savepoint cdc-sync|no local flink runs; start it with `millrace up`, or name another with --flink",
                "savepoint cdc-sync --flink jobmanager:8081|--flink is `jobmanager:8081`; it must be http://HOST:PORT",
                "flink list|no local flink runs",
                "dlq list|no local kafka runs",
                "audit hold list|no local postgres runs",
                "audit expire --archive FOLDER --public-key none.pem|--public-key none.pem does not exist",
                "audit show --subject x --archive FOLDER/none|--archive FOLDER/none does not exist, or is not a folder",
                "audit show --subject x --archive FOLDER|holds no archive",
                "audit show --subject x --archive hdfs://name/audit|reads folders and s3://BUCKET/PREFIX",
                "audit show --subject x --archive s3://bucket/audit|needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
                "dlq list --command-config FOLDER/none|does not exist or is not a file",
                "submit none.jar|none.jar does not exist"
            })
    void aFailureEndsWithOneAndIsOneLine(String arguments, String message) {
        CommandLineRun run = run(arguments.replace("FOLDER", folder.toString()).split(" "));
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).startsWith("millrace: ").contains(message.replace("FOLDER", folder.toString()));
        assertThat(run.err().lines()).hasSize(1);
    }

    @Test
    void debugAddsTheStackTrace() {
        assertThat(run("dlq", "list").err()).doesNotContain("\tat ");
        assertThat(run("dlq", "list", "--debug").err()).contains("\tat io.millrace.cli");
        assertThat(run("--debug", "dlq", "list").err()).contains("\tat io.millrace.cli");
    }

    @Test
    void printsItsVersion() {
        assertThat(run("--version").out().strip()).matches("millrace \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
    }

    @Test
    void statusAndDownOfNothingSayThat() {
        assertThat(run("status").out()).contains("nothing was started here");
        assertThat(run("down").out()).contains("nothing was started in");
        assertThat(run("down", "--clean").code()).isZero();
        assertThat(run("status", "--json").out())
                .contains("\"running\" : false")
                .contains("\"runs\" : [ ]");
    }

    @Test
    void aChainOfCausesIsSaidOnce() {
        Throwable chain =
                new IllegalStateException("outer: inner", new RuntimeException("inner", new RuntimeException("root")));
        assertThat(Errors.describe(chain)).isEqualTo("outer: inner: root");
        assertThat(Errors.describe(new IllegalStateException())).isEqualTo("IllegalStateException");
    }

    private CommandLineRun run(String... arguments) {
        return CommandLineRun.of(new Workspace(folder, Map.of()), arguments);
    }
}
