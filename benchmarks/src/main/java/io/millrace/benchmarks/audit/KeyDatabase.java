package io.millrace.benchmarks.audit;

import io.millrace.archive.crypt.CachedKeys;
import io.millrace.archive.crypt.KeyStore;
import io.millrace.archive.crypt.LocalMasterKey;
import io.millrace.archive.crypt.PostgresKeyStore;
import io.millrace.benchmarks.workload.Database;
import io.millrace.local.Addresses;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** A database of its own for the keys of persons. */
record KeyDatabase(Addresses addresses, String name) {

    static final String MASTER_KEY = "ab".repeat(32);

    /** Makes it, empty. */
    static KeyDatabase make(Addresses addresses, String name) throws SQLException {
        new Database(addresses.postgresUrl(), addresses.postgresUser()).execute("CREATE DATABASE " + name);
        return new KeyDatabase(addresses, name);
    }

    /** Opens the store, for one thread, which asks for each key once. */
    KeyStore open() throws IOException {
        Database database = new Database(
                "jdbc:postgresql://" + addresses.postgresHost() + ":" + addresses.postgresPort() + "/" + name,
                addresses.postgresUser());
        KeyStore store = PostgresKeyStore.open(database::connect, List.of(LocalMasterKey.of(MASTER_KEY)));
        return new CachedKeys(store, CachedKeys.LONGEST_LIFE, AuditEvents.PERSONS, () -> System.nanoTime() / 1_000_000);
    }
}
