package io.millrace.cli.audit;

import io.millrace.archive.crypt.Connections;
import io.millrace.archive.crypt.LegalHolds;
import io.millrace.cli.CommandFailure;
import io.millrace.cli.PostgresLogin;
import io.millrace.cli.PostgresUrls;
import io.millrace.cli.Workspace;
import java.io.IOException;
import java.sql.DriverManager;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which database keeps the archive's keys and holds. */
final class KeyDatabase {
    @Option(
            names = "--postgres",
            paramLabel = "URL",
            description = "The database of the keys, as postgresql://HOST:PORT/DATABASE or as a JDBC URL."
                    + " The environment gives PGUSER and PGPASSWORD. Default: that of the running local servers.")
    private @Nullable String postgres;

    /** Who the command is for the database. */
    String user(Workspace workspace) {
        return PostgresLogin.user(postgres == null ? PostgresLogin.local() : PostgresLogin.of(workspace));
    }

    Connections connections(Workspace workspace) {
        Properties login = postgres == null ? PostgresLogin.local() : PostgresLogin.of(workspace);
        String url = postgres == null ? workspace.local().postgresUrl() : PostgresUrls.jdbc(postgres);
        return () -> DriverManager.getConnection(url, login);
    }

    /** The holds of a key store that is there; a mistyped address makes none. */
    LegalHolds holds(Workspace workspace) {
        try {
            return LegalHolds.openExisting(connections(workspace));
        } catch (IOException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), e);
        }
    }
}
