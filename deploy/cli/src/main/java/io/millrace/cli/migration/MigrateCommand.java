package io.millrace.cli.migration;

import io.millrace.cli.MillraceCommand;
import io.millrace.cli.PostgresUrls;
import io.millrace.cli.Workspace;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code millrace migrate}. */
@Command(
        name = "migrate",
        description = {
            "Applies the numbered files of sql/postgres and sql/clickhouse that a database has not been through yet.",
            "",
            "Each database remembers them in millrace.migration. A file that was changed after it was applied is an"
                    + " error. Without an option, the local servers are migrated; with one, only the named one."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  millrace migrate",
            "  PGUSER=app PGPASSWORD=… millrace migrate --postgres postgresql://db.example.com/shop",
            "  CLICKHOUSE_USER=… CLICKHOUSE_PASSWORD=… millrace migrate --clickhouse https://ch.example.com:8443"
        })
public final class MigrateCommand extends MillraceCommand {
    private final Workspace workspace;

    @Option(
            names = "--postgres",
            paramLabel = "URL",
            description = "A Postgres database, as postgresql://HOST:PORT/DATABASE or as a JDBC URL."
                    + " The environment gives PGUSER and PGPASSWORD.")
    private @Nullable String postgres;

    @Option(
            names = "--clickhouse",
            paramLabel = "URL",
            description = "A ClickHouse server's HTTP address."
                    + " The environment gives CLICKHOUSE_USER (default: default) and CLICKHOUSE_PASSWORD.")
    private @Nullable URI clickhouse;

    MigrateCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws IOException, SQLException {
        Migrations migrations = new Migrations(workspace, out());
        boolean local = postgres == null && clickhouse == null;
        if (postgres != null) {
            migrations.postgres(PostgresUrls.jdbc(postgres));
        } else if (local) {
            migrations.localPostgres(workspace.local().postgresUrl());
        }
        if (clickhouse != null) {
            migrations.clickhouse(clickhouse);
        } else if (local) {
            migrations.localClickhouse(workspace.local().clickhouseUrl());
        }
        return 0;
    }
}
