package io.millrace.cli.migration;

/** A line of the ledger: what a database has been through. */
record AppliedMigration(int number, String name, String checksum) {}
