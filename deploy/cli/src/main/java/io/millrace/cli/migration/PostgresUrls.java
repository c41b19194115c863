package io.millrace.cli.migration;

import io.millrace.cli.CommandFailure;

/** The forms in which people write the address of a Postgres database. */
final class PostgresUrls {
    private PostgresUrls() {}

    /** A JDBC URL; one that holds a user or a password is refused, for it would be seen by every process. */
    static String jdbc(String url) {
        String jdbc = url.startsWith("jdbc:") ? url : "jdbc:" + url.replaceFirst("^postgres://", "postgresql://");
        if (!jdbc.startsWith("jdbc:postgresql:")) {
            throw new CommandFailure("--postgres must be postgresql://HOST:PORT/DATABASE or a JDBC URL of Postgres");
        }
        String authority = jdbc.replaceFirst("^jdbc:postgresql:(//)?", "").replaceFirst("[/?].*", "");
        if (authority.contains("@") || jdbc.matches(".*[?&](user|password)=.*")) {
            throw new CommandFailure("--postgres holds a user or a password, which other processes can read;"
                    + " give them as PGUSER and PGPASSWORD in the environment");
        }
        return jdbc;
    }
}
