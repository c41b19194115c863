package io.millrace.cli.migration;

import io.millrace.cli.CommandFailure;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** Applies what a database has not been through yet. */
final class Migrator {
    private Migrator() {}

    /**
     * Applies the pending migrations in order; the first that fails ends it.
     *
     * @param applied told of each one that was applied
     */
    static void migrate(MigrationTarget target, List<Migration> migrations, Consumer<Migration> applied)
            throws IOException, SQLException {
        for (Migration migration : pending(target.name(), migrations, target.open())) {
            target.apply(migration);
            applied.accept(migration);
        }
    }

    /** What is left to apply, if the ledger is a beginning of the list with the same contents. */
    static List<Migration> pending(String target, List<Migration> migrations, List<AppliedMigration> ledger) {
        List<AppliedMigration> history = new ArrayList<>(ledger);
        history.sort(Comparator.comparingInt(AppliedMigration::number));
        for (int i = 0; i < history.size(); i++) {
            AppliedMigration applied = history.get(i);
            if (applied.number() != i + 1) {
                throw new CommandFailure("the ledger of %s has no migration %04d although it has %04d; restore its row"
                        .formatted(target, i + 1, applied.number()));
            }
            if (i >= migrations.size()) {
                throw new CommandFailure(
                        "%s has been through migration %04d_%s, which is not in this folder: it was migrated by a newer Millrace; use that one"
                                .formatted(target, applied.number(), applied.name()));
            }
            Migration migration = migrations.get(i);
            if (!migration.checksum().equals(applied.checksum())) {
                throw new CommandFailure(
                        "%s was changed after it was applied to %s; put its text back and write a new migration for the change"
                                .formatted(migration.file(), target));
            }
        }
        return List.copyOf(migrations.subList(history.size(), migrations.size()));
    }

    /** The statements of a migration in a dialect. */
    static List<SqlStatement> statements(Migration migration, Dialect dialect) {
        try {
            return SqlScript.split(migration.sql(), dialect);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(migration.file() + ": " + e.getMessage(), e);
        }
    }
}
