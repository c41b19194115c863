package io.millrace.cdc.settings;

import io.millrace.cdc.model.TypeOptions;
import io.millrace.common.config.ConfigReader;
import io.millrace.common.config.Secret;
import io.millrace.common.config.Setting;
import io.millrace.common.postgres.PostgresAddress;
import io.millrace.common.postgres.PostgresTls;
import java.util.List;
import java.util.Optional;

/** The database whose catalog tells the types of tables. */
final class CatalogSettings {

    private static final String KEY = TypeOptions.CATALOG;

    static final Setting<String> HOST =
            Setting.text(KEY + ".host", "Host of the database server.").mustBeGiven();

    static final Setting<Integer> PORT = Setting.integer(KEY + ".port", 5432, "Its port.")
            .mustBe(port -> port >= 1 && port <= 65_535, "be 1 to 65535", "there are no other ports");

    static final Setting<String> DATABASE =
            Setting.text(KEY + ".database", "The database.").mustBeGiven();

    static final Setting<String> USER = Setting.text(KEY + ".user", "User, who needs no other right than to connect.")
            .mustBeGiven();

    static final Setting<Secret> PASSWORD =
            Setting.secret(KEY + ".password", "Password of the user, as `${env:NAME}`; none by default.");

    static final Setting<PostgresTls.Mode> TLS_MODE = Setting.oneOf(
            KEY + ".tls.mode", PostgresTls.Mode.class, PostgresTls.DEFAULT.mode(), "As `source.postgres.tls.mode`.");

    static final Setting<String> TLS_ROOT_CERTIFICATE = Setting.text(
            KEY + ".tls.root-certificate", "File with the trusted authorities in PEM, where the job is submitted.");

    static final List<Setting<?>> ALL = List.of(HOST, PORT, DATABASE, USER, PASSWORD, TLS_MODE, TLS_ROOT_CERTIFICATE);

    private CatalogSettings() {}

    /** Notes what is wrong, if a catalog is configured. */
    static void check(ConfigReader config) {
        if (config.has(KEY)) {
            config.check(ALL);
        }
    }

    static Optional<PostgresAddress> read(ConfigReader config) {
        if (!config.has(KEY)) {
            return Optional.empty();
        }
        return Optional.of(new PostgresAddress(
                config.get(HOST),
                config.get(PORT),
                config.get(DATABASE),
                config.get(USER),
                config.find(PASSWORD).orElse(new Secret("")),
                new PostgresTls(
                        config.get(TLS_MODE), config.find(TLS_ROOT_CERTIFICATE).orElse(null))));
    }
}
