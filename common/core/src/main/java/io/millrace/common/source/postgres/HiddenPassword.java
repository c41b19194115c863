package io.millrace.common.source.postgres;

import io.millrace.common.config.Secret;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.postgresql.plugin.AuthenticationPlugin;
import org.postgresql.plugin.AuthenticationRequestType;

/**
 * Gives the driver a password that its properties do not hold. Flink CDC logs the properties of its connections, so
 * they hold a name, and the driver asks this class for what was deposited under it in the same process.
 */
public final class HiddenPassword implements AuthenticationPlugin {

    private static final String NAME = "millracePassword";
    private static final Map<String, Secret> DEPOSITED = new ConcurrentHashMap<>();

    private final String name;

    /**
     * Called by the driver.
     *
     * @param connection the properties of the connection
     */
    public HiddenPassword(Properties connection) {
        this.name = connection.getProperty(NAME, "");
    }

    /** Keeps a password in this process, under a name that a later call can take over. */
    static void deposit(String name, Secret password) {
        DEPOSITED.put(name, password);
    }

    /** Returns the properties of a connection with the password of this name. */
    static Map<String, String> properties(String name) {
        return Map.of("authenticationPluginClassName", HiddenPassword.class.getName(), NAME, name, "password", "***");
    }

    @Override
    public char[] getPassword(AuthenticationRequestType type) {
        Secret password = DEPOSITED.get(name);
        return password == null ? new char[0] : password.reveal().toCharArray();
    }
}
