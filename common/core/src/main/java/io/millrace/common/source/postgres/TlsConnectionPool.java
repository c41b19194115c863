package io.millrace.common.source.postgres;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.apache.flink.cdc.connectors.base.config.JdbcSourceConfig;
import org.apache.flink.cdc.connectors.postgres.source.PostgresConnectionPoolFactory;

/** Flink CDC's pool, whose URL tells the driver of nothing but the database, with encryption as configured. */
final class TlsConnectionPool extends PostgresConnectionPoolFactory {

    private final PostgresTls tls;

    TlsConnectionPool(PostgresTls tls) {
        this.tls = tls;
    }

    @Override
    public String getJdbcUrl(JdbcSourceConfig source) {
        return super.getJdbcUrl(source)
                + tls.properties().entrySet().stream()
                        .map(property -> property.getKey() + "="
                                + URLEncoder.encode(property.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&", "?", ""));
    }
}
