package io.millrace.archive.crypt;

import java.sql.Connection;
import java.sql.SQLException;

/** Opens connections to the database that holds the keys. */
@FunctionalInterface
public interface Connections {

    /** Opens one; who asked closes it. */
    Connection open() throws SQLException;
}
