package io.millrace.audit;

import io.millrace.common.config.Arguments;
import io.millrace.common.config.Placeholders;
import java.util.Map;

/** Configurations for tests without servers. */
public final class Configurations {

    /** Keys by the names that {@link #WHOLE} gives them. */
    private static final TestKeys KEYS = TestKeys.make();

    static final String WHOLE = """
            name: audit
            source:
              kafka: {bootstrap-servers: "broker:9092"}
            key-store: {host: database, database: keys, user: audit, password: "${env:CANARY}", master-key: "${env:MASTER}"}
            archive: {name: production, address: "file:///shared/audit"}
            signing: {key: "${env:SIGNING}", public-keys: "${env:PUBLIC}"}
            verify: {every: 1 h}
            targets: {clickhouse: {url: "http://warehouse:8123", password: "${env:CANARY}"}}
            dead-letters: {overflow-folder: "file:///shared/dead-letters"}
            """;

    private static final Map<String, String> ENVIRONMENT = Map.of(
            "CANARY", "canary",
            "MASTER", "c0ffee00".repeat(8),
            "SHORT_KEY", "c0ffee",
            "SIGNING", KEYS.privatePem(),
            "PUBLIC", KEYS.publicPem(),
            "OTHER_PUBLIC", TestKeys.make().publicPem());

    private Configurations() {}

    static AuditOptions whole() {
        return read(WHOLE);
    }

    static AuditOptions read(String yaml) {
        return read(yaml, Map.of());
    }

    static AuditOptions read(String yaml, Map<String, String> overrides) {
        return AuditOptions.read(new Arguments(yaml, overrides), new Placeholders(ENVIRONMENT));
    }
}
