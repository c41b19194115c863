package io.millrace.analytics;

import io.millrace.common.config.Arguments;
import io.millrace.common.config.Placeholders;
import java.util.Map;

/** Configurations for tests without servers. */
final class Configurations {

    static final String WHOLE = """
            name: analytics
            generation: 2
            source:
              kafka: {bootstrap-servers: "broker:9092"}
            targets:
              redis: {uri: "redis://cache:6379", password: "${env:CANARY}"}
              clickhouse: {url: "http://warehouse:8123", password: "${env:CANARY}"}
            dead-letters: {overflow-folder: "file:///shared/dead-letters"}
            """;

    private Configurations() {}

    static AnalyticsOptions whole() {
        return read(WHOLE);
    }

    static AnalyticsOptions read(String yaml) {
        return AnalyticsOptions.read(new Arguments(yaml, Map.of()), new Placeholders(Map.of("CANARY", "canary")));
    }
}
