package io.millrace.cli.migration;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** A database with a ledger of the migrations it has been through. */
interface MigrationTarget extends AutoCloseable {

    /** What to call it in messages, with its address and without a secret. */
    String name();

    /** Makes the ledger if it is missing, keeps others out where the database can, and reads it. */
    List<AppliedMigration> open() throws IOException, SQLException;

    /** Applies one migration and records it. */
    void apply(Migration migration) throws IOException, SQLException;

    @Override
    void close() throws SQLException;
}
