package io.millrace.common.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.common.config.InvalidConfigurationException;
import io.millrace.common.config.Problem;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** Runs a preflight that must find problems, leave the database alone, and keep the password to itself. */
final class PreflightProblems {

    private PreflightProblems() {}

    static List<Problem> of(Database database, PostgresChangesConfig config) throws Exception {
        return of(database, config, false);
    }

    static List<Problem> of(Database database, PostgresChangesConfig config, boolean restored) throws Exception {
        List<String> before = database.traces();
        InvalidConfigurationException refused = catchThrowableOfType(
                InvalidConfigurationException.class, () -> new PostgresPreflight(config, restored).run());
        assertThat(refused).as("problems").isNotNull();
        assertThat(database.traces()).isEqualTo(before);
        StringWriter everything = new StringWriter();
        refused.printStackTrace(new PrintWriter(everything));
        assertThat(everything.toString()).doesNotContain(Database.PASSWORD);
        assertThat(config.toString()).doesNotContain(Database.PASSWORD);
        return refused.problems();
    }
}
