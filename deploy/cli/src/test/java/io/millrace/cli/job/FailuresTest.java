package io.millrace.cli.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailuresTest {
    @Test
    void findsTheInnermostCauseWithAllItsLines() {
        String output = """
                ------------------------------------------------------------
                 The program finished with the following exception:

                org.apache.flink.client.program.ProgramInvocationException: The main method caused an error: outer
                \tat org.apache.flink.client.program.PackagedProgram.callMainMethod(PackagedProgram.java:372)
                Caused by: io.millrace.common.config.ConfigException: the configuration has 2 problems:
                  `source` is missing
                  `nmae` is unknown; did you mean `name`?
                \tat io.millrace.cdc.CdcJob.main(CdcJob.java:20)
                \t... 13 more
                """;
        assertThat(Failures.rootCause(output).lines())
                .containsExactly(
                        "the configuration has 2 problems:",
                        "  `source` is missing",
                        "  `nmae` is unknown; did you mean `name`?");
    }

    @Test
    void anExceptionWithoutAMessageIsItsName() {
        assertThat(Failures.rootCause("java.util.concurrent.TimeoutException\n\tat a.B.c(B.java:1)"))
                .isEqualTo("java.util.concurrent.TimeoutException");
    }

    @Test
    void textWithoutAnExceptionIsKept() {
        assertThat(Failures.rootCause(" Could not parse the options \n")).isEqualTo("Could not parse the options");
    }

    @Test
    void theReasonOfARestAnswerIsItsFirstLines() {
        assertThat(FlinkRest.reason("{\"errors\":[\"Job 5e20 not found\\n\\tat x.Y.z(Y.java:1)\"]}"))
                .isEqualTo("Job 5e20 not found");
        assertThat(FlinkRest.reason("<html>")).isEqualTo("no reason in JSON");
    }
}
