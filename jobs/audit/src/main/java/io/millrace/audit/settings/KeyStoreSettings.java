package io.millrace.audit.settings;

import io.millrace.archive.crypt.CachedKeys;
import io.millrace.archive.crypt.MasterKeys;
import io.millrace.audit.keys.KeyStoreOptions;
import io.millrace.common.config.ClientProperties;
import io.millrace.common.config.ConfigReader;
import io.millrace.common.config.Problems;
import io.millrace.common.config.Secret;
import io.millrace.common.config.Setting;
import io.millrace.common.postgres.PostgresAddress;
import io.millrace.common.postgres.PostgresTls;
import io.millrace.common.settings.BackoffSettings;
import java.time.Duration;
import java.util.List;

/** Where the keys of persons are, and the master key. */
final class KeyStoreSettings {

    static final Setting<String> HOST = Setting.text("key-store.host", "Host of the Postgres that holds the data keys.")
            .mustBeGiven();

    static final Setting<Integer> PORT = Setting.integer("key-store.port", 5432, "Its port.")
            .mustBe(port -> port >= 1 && port <= 65_535, "be 1 to 65535", "there are no other ports");

    static final Setting<String> DATABASE = Setting.text(
                    "key-store.database", "Database, with the schema `millrace_audit`.")
            .mustBeGiven();

    static final Setting<String> USER =
            Setting.text("key-store.user", "User who may use that schema.").mustBeGiven();

    static final Setting<Secret> PASSWORD =
            Setting.secret("key-store.password", "Password of the user, as `${env:NAME}`; none by default.");

    static final Setting<PostgresTls.Mode> TLS_MODE = Setting.oneOf(
            "key-store.tls.mode",
            PostgresTls.Mode.class,
            PostgresTls.DEFAULT.mode(),
            "How the connection is encrypted, in the terms of Postgres' driver.");

    static final Setting<String> TLS_ROOT_CERTIFICATE =
            Setting.text("key-store.tls.root-certificate", "File of the authorities to trust, on every TaskManager.");

    static final Setting<Secret> MASTER_KEY = Setting.secret(
                    "key-store.master-key",
                    "Key that wraps the data keys: 64 hexadecimal digits, as `openssl rand -hex 32` prints them, by"
                            + " `${file:PATH}` or `${env:NAME}`; or, as `SCHEME:NAME`, one that a key management service"
                            + " keeps. Who loses it loses every personal field; who has it and the database can read"
                            + " them.")
            .mustBeGiven();

    static final Setting<ClientProperties> RETIRED = Setting.properties(
            "key-store.retired-master-keys",
            "Master keys that wrapped before, by any names, as `{first: \"${file:PATH}\"}`.");

    static final Setting<Duration> REQUEST_TIMEOUT = Setting.duration(
                    "key-store.request-timeout", Duration.ofSeconds(30), "Time to wait for an answer.")
            .mustBe(time -> time.toSeconds() >= 1, "be at least 1 s", "it is counted in seconds");

    static final Setting<Duration> CACHE_LIFE = Setting.duration(
                    "key-store.cache.life",
                    Duration.ofMinutes(1),
                    "Time that a key may be used after it was asked for. Lower asks the database more often.")
            .mustBe(
                    time -> !time.isNegative() && time.compareTo(CachedKeys.LONGEST_LIFE) <= 0,
                    "be at most 1 min",
                    "an erasure waits so long until no job uses the key any longer");

    static final Setting<Integer> CACHED_KEYS = Setting.integer(
                    "key-store.cache.most",
                    10_000,
                    "Keys in the memory of each subtask, at most. Each takes about 1 kB;"
                            + " fewer than there are persons at work asks the database again and again.")
            .mustBe(count -> count >= 1, "be at least 1", "a record needs its key");

    static final BackoffSettings BACKOFF =
            BackoffSettings.of("key-store", Duration.ofMillis(100), Duration.ofSeconds(10), Duration.ofMinutes(2));

    static final List<Setting<?>> ALL = List.of(
            HOST,
            PORT,
            DATABASE,
            USER,
            PASSWORD,
            TLS_MODE,
            TLS_ROOT_CERTIFICATE,
            MASTER_KEY,
            RETIRED,
            REQUEST_TIMEOUT,
            CACHE_LIFE,
            CACHED_KEYS,
            BACKOFF.first(),
            BACKOFF.longest(),
            BACKOFF.giveUpAfter());

    private KeyStoreSettings() {}

    /** Notes what is wrong with these settings, alone and together. */
    static void check(ConfigReader config, Problems problems) {
        config.check(ALL);
        BACKOFF.check(config, problems);
        BACKOFF.checkPatience(config, problems);
        config.find(MASTER_KEY).ifPresent(key -> checkKey(MASTER_KEY.key(), key.reveal(), problems));
        config.find(RETIRED)
                .ifPresent(retired ->
                        retired.reveal().forEach((name, key) -> checkKey(RETIRED.key() + "." + name, key, problems)));
    }

    private static void checkKey(String path, String key, Problems problems) {
        try {
            MasterKeys.of(key);
        } catch (IllegalArgumentException e) {
            problems.add(path, "is no key: " + e.getMessage());
        }
    }

    static KeyStoreOptions read(ConfigReader config) {
        return new KeyStoreOptions(
                new PostgresAddress(
                        config.get(HOST),
                        config.get(PORT),
                        config.get(DATABASE),
                        config.get(USER),
                        config.find(PASSWORD).orElse(new Secret("")),
                        new PostgresTls(
                                config.get(TLS_MODE),
                                config.find(TLS_ROOT_CERTIFICATE).orElse(null))),
                config.get(MASTER_KEY),
                config.get(RETIRED),
                config.get(REQUEST_TIMEOUT),
                config.get(CACHE_LIFE),
                config.get(CACHED_KEYS),
                BACKOFF.read(config));
    }
}
