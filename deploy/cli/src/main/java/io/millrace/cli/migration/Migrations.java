package io.millrace.cli.migration;

import io.millrace.cli.ClickHouse;
import io.millrace.cli.PostgresLogin;
import io.millrace.cli.Workspace;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.sql.SQLException;
import java.util.List;

/** Migrates databases with the files of a workspace, and says what it did. */
public final class Migrations {
    private final Workspace workspace;
    private final PrintWriter out;

    /** @param out told of each migration, and once for a database that needed none */
    public Migrations(Workspace workspace, PrintWriter out) {
        this.workspace = workspace;
        this.out = out;
    }

    /** A database of the local run, whose user needs no password. */
    public void localPostgres(String jdbcUrl) throws IOException, SQLException {
        migrate(new PostgresTarget(jdbcUrl, PostgresLogin.local()), "postgres");
    }

    /** The ClickHouse of the local run. */
    public void localClickhouse(String url) throws IOException, SQLException {
        localClickhouse(url, ClickHouseTarget.DATABASE);
    }

    void localClickhouse(String url, String database) throws IOException, SQLException {
        migrate(new ClickHouseTarget(ClickHouse.local(url), database), "clickhouse");
    }

    void postgres(String jdbcUrl) throws IOException, SQLException {
        migrate(new PostgresTarget(jdbcUrl, PostgresLogin.of(workspace)), "postgres");
    }

    void clickhouse(URI url, String database) throws IOException, SQLException {
        migrate(new ClickHouseTarget(ClickHouse.of(workspace, url), database), "clickhouse");
    }

    private void migrate(MigrationTarget target, String server) throws IOException, SQLException {
        try (target) {
            List<Migration> migrations = MigrationFolder.read(workspace.migrations(server));
            int[] count = {0};
            Migrator.migrate(target, migrations, migration -> {
                count[0]++;
                out.println("applied " + migration.file() + " to " + target.name());
            });
            if (count[0] == 0) {
                out.println(target.name() + " has all " + migrations.size() + " migration(s)");
            }
        }
    }
}
