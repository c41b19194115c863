package io.millrace.common.config;

import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Extra properties of a client, such as Kafka's, in the order of their names. Only the names print. */
public final class ClientProperties implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final ClientProperties NONE = new ClientProperties(Map.of());

    private final TreeMap<String, String> values;

    public ClientProperties(Map<String, String> values) {
        this.values = new TreeMap<>(values);
    }

    public static ClientProperties none() {
        return NONE;
    }

    /** Returns names and values, secrets included: for the client and for nobody else. */
    public Map<String, String> reveal() {
        return Collections.unmodifiableMap(values);
    }

    /** As {@link #reveal}, in the form that Kafka's clients take. */
    public Properties revealAsProperties() {
        Properties properties = new Properties();
        properties.putAll(values);
        return properties;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClientProperties properties && properties.values.equals(values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.keySet().toString();
    }
}
