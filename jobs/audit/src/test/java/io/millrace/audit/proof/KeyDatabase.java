package io.millrace.audit.proof;

import io.millrace.archive.crypt.KeyStore;
import io.millrace.archive.crypt.LocalMasterKey;
import io.millrace.archive.crypt.PostgresKeyStore;
import io.millrace.local.Addresses;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A database of its own for a test's keys. */
record KeyDatabase(Addresses addresses, String name, String masterKey) {

    static KeyDatabase make(Addresses addresses, String name, String masterKey) throws SQLException {
        KeyDatabase database = new KeyDatabase(addresses, name, masterKey);
        database.administrate("CREATE DATABASE " + name);
        return database;
    }

    private void administrate(String sql) throws SQLException {
        try (Connection connection = connect(addresses.postgresDatabase());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://" + addresses.postgresHost() + ":" + addresses.postgresPort() + "/" + database,
                addresses.postgresUser(),
                addresses.postgresPassword());
    }

    Connection connect() throws SQLException {
        return connect(name);
    }

    KeyStore open() throws IOException {
        return PostgresKeyStore.open(this::connect, List.of(LocalMasterKey.of(masterKey)));
    }

    /** Ends every connection, and takes no new one. */
    void goAway() throws SQLException {
        administrate("ALTER DATABASE " + name + " ALLOW_CONNECTIONS false");
        administrate("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
    }

    void comeBack() throws SQLException {
        administrate("ALTER DATABASE " + name + " ALLOW_CONNECTIONS true");
    }
}
