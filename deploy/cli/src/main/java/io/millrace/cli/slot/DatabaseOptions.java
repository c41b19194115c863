package io.millrace.cli.slot;

import io.millrace.cli.PostgresLogin;
import io.millrace.cli.PostgresUrls;
import io.millrace.cli.Workspace;
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
        return postgres == null
                ? Slots.of(workspace.local().postgresUrl(), PostgresLogin.local())
                : Slots.of(PostgresUrls.jdbc(postgres), PostgresLogin.of(workspace));
    }
}
