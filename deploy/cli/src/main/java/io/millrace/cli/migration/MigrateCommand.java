package io.millrace.cli.migration;

import io.millrace.cli.MillraceCommand;
import io.millrace.cli.PostgresUrls;
import io.millrace.cli.Workspace;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code millrace migrate}. */
@Command(
        name = "migrate",
        description = {
            "Applies the numbered files of sql/postgres and sql/clickhouse that a database has not been through yet.",
            "",
            "Each database remembers them: Postgres in millrace.migration, ClickHouse in the table migration. A file that"
                    + " was changed after it was applied is an error. Unless a server is named, the local ones are"
                    + " migrated."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  millrace migrate",
            "  PGUSER=app PGPASSWORD=… millrace migrate --postgres postgresql://db.example.com/shop",
            "  CLICKHOUSE_USER=… CLICKHOUSE_PASSWORD=… millrace migrate --clickhouse https://ch.example.com:8443",
            "  millrace migrate --clickhouse https://ch.example.com:8443 --database site"
        })
public final class MigrateCommand extends MillraceCommand {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*");

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

    @Option(
            names = "--database",
            paramLabel = "NAME",
            defaultValue = ClickHouseTarget.DATABASE,
            description = "The database of ClickHouse's tables: `targets.clickhouse.database` of the jobs."
                    + " Default: ${DEFAULT-VALUE}.")
    private String database = ClickHouseTarget.DATABASE;

    MigrateCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws IOException, SQLException {
        check();
        Migrations migrations = new Migrations(workspace, out());
        boolean local = postgres == null && clickhouse == null;
        if (postgres != null) {
            migrations.postgres(PostgresUrls.jdbc(postgres));
        } else if (local) {
            migrations.localPostgres(workspace.local().postgresUrl());
        }
        if (clickhouse != null) {
            migrations.clickhouse(clickhouse, database);
        } else if (local) {
            migrations.localClickhouse(workspace.local().clickhouseUrl(), database);
        }
        return 0;
    }

    private void check() {
        if (!NAME.matcher(database).matches()) {
            throw new ParameterException(
                    spec().commandLine(),
                    "--database is `" + database + "`; it must be letters, digits and `_`, and not begin with a digit");
        }
        if (postgres != null && clickhouse == null && !database.equals(ClickHouseTarget.DATABASE)) {
            throw new ParameterException(
                    spec().commandLine(), "--database is of ClickHouse; name its server with --clickhouse, too");
        }
    }
}
