package io.millrace.common.postgres;

import java.io.Serializable;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How connections to Postgres are encrypted, in the terms of
 * <a href="https://jdbc.postgresql.org/documentation/ssl/">its driver</a>.
 *
 * @param rootCertificate file of the authorities to trust, on each machine that connects; null for the driver's own
 *     {@code ~/.postgresql/root.crt}
 */
public record PostgresTls(Mode mode, @Nullable String rootCertificate) implements Serializable {

    /** Encrypted if the server offers it, without asking who it is: the driver's own default. */
    public static final PostgresTls DEFAULT = new PostgresTls(Mode.PREFER, null);

    /** From no encryption to a server that has to prove its name. */
    public enum Mode {
        DISABLE,
        PREFER,
        REQUIRE,
        VERIFY_CA,
        VERIFY_FULL;

        String driverName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Returns the driver's properties. */
    public Map<String, String> properties() {
        Map<String, String> properties = new TreeMap<>();
        properties.put("sslmode", mode.driverName());
        if (rootCertificate != null) {
            properties.put("sslrootcert", rootCertificate);
        }
        return properties;
    }
}
