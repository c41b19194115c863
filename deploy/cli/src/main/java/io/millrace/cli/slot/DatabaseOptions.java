package io.millrace.cli.slot;

import io.millrace.cli.PostgresUrls;
import io.millrace.cli.Workspace;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which database a command talks to. */
final class DatabaseOptions {
    @Option(
            names = "--postgres",
            paramLabel = "URL",
            description = "A Postgres database, as postgresql://HOST:PORT/DATABASE or as a JDBC URL."
                    + " The environment gives PGUSER and PGPASSWORD. Default: that of the running local servers.")
    private @Nullable String postgres;

    Slots open(Workspace workspace) {
        Properties user = new Properties();
        if (postgres == null) {
            user.setProperty("user", "postgres");
            return Slots.of(workspace.local().postgresUrl(), user);
        }
        String name = workspace.variable("PGUSER");
        user.setProperty("user", Objects.requireNonNullElse(name, System.getProperty("user.name")));
        String password = workspace.variable("PGPASSWORD");
        if (password != null) {
            user.setProperty("password", password);
        }
        return Slots.of(PostgresUrls.jdbc(postgres), user);
    }
}
