package io.millrace.cli;

/** The forms in which people write the address of a Postgres database. */
public final class PostgresUrls {
    private PostgresUrls() {}

    /** A JDBC URL; one that holds a user or a password is refused, for it would be seen by every process. */
    public static String jdbc(String url) {
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

    /** A JDBC URL as messages name it: without its parameters, which can hold secrets. */
    public static String shown(String jdbc) {
        int parameters = jdbc.indexOf('?');
        return (parameters < 0 ? jdbc : jdbc.substring(0, parameters)).replaceFirst("^jdbc:", "");
    }
}
