package io.millrace.cli;

import java.util.Objects;
import java.util.Properties;

/** Who a command is for Postgres: the environment says it, as for Postgres' own programs. */
public final class PostgresLogin {

    private static final String USER = "user";
    private static final String PASSWORD = "password";

    private PostgresLogin() {}

    /** The user of the local servers, who needs no password. */
    public static Properties local() {
        Properties login = new Properties();
        login.setProperty(USER, "postgres");
        return login;
    }

    /** The user that {@code PGUSER} and {@code PGPASSWORD} name; by default the one of this system. */
    public static Properties of(Workspace workspace) {
        Properties login = new Properties();
        login.setProperty(
                USER, Objects.requireNonNullElse(workspace.variable("PGUSER"), System.getProperty("user.name")));
        String password = workspace.variable("PGPASSWORD");
        if (password != null && !password.isEmpty()) {
            login.setProperty(PASSWORD, password);
        }
        return login;
    }

    /** Returns the user's name. */
    public static String user(Properties login) {
        return login.getProperty(USER);
    }
}
