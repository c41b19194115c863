package io.millrace.cdc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.cdc.model.SourceOptions;
import io.millrace.cdc.model.TypeOptions;
import io.millrace.common.config.InvalidConfigurationException;
import io.millrace.common.config.Secret;
import io.millrace.common.postgres.PostgresAddress;
import io.millrace.common.postgres.PostgresTls;
import io.millrace.common.serde.declared.DecimalHandling;
import io.millrace.common.serde.declared.Dialect;
import io.millrace.common.serde.declared.PostgresType;
import io.millrace.common.serde.declared.TimePrecision;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;

class TypeOptionsTest {

    private static final String SYNC = """
            name: cdc-sync
            source:
              type: kafka
              kafka: {bootstrap-servers: "kafka:9092", topics: [db.public.users, db.public.orders]%s}
            targets:
              redis: {uri: "redis://redis:6379"}
            dead-letters: {overflow-folder: "file:///tmp/letters"}
            routes:
              - {table: public.users, redis: {key: "user:{id}"}%s}
              - {table: public.orders, redis: {mode: invalidate, key: "order:{id}"}}
            """;

    @Test
    void nothingIsToldByDefault() {
        TypeOptions types = read(SYNC.formatted("", ""));

        assertThat(types.catalog()).isEmpty();
        assertThat(types.columns()).isEmpty();
        assertThat(types.dialect()).isEqualTo(Dialect.debezium(DecimalHandling.PRECISE, TimePrecision.ADAPTIVE));
    }

    @Test
    void rowsOfATableWhoseKeysAreOnlyDeletedNeedNoTypes() {
        assertThat(read(SYNC.formatted("", "")).typed()).containsExactly("public.users");
    }

    @Test
    void readsTheModesOfTheWriter() {
        TypeOptions types =
                read(SYNC.formatted(", decimal-handling: string, time-precision: adaptive-time-microseconds", ""));

        assertThat(types.dialect())
                .isEqualTo(Dialect.debezium(DecimalHandling.STRING, TimePrecision.ADAPTIVE_TIME_MICROSECONDS));
    }

    @Test
    void readsTheCatalogsAddress() {
        String catalog = ", catalog: {host: db, port: 5433, database: shop, user: reader, password: secret,"
                + " tls: {mode: verify-full, root-certificate: /ca.pem}}";

        assertThat(read(SYNC.formatted(catalog, "")).catalog())
                .hasValue(new PostgresAddress(
                        "db",
                        5433,
                        "shop",
                        "reader",
                        new Secret("secret"),
                        new PostgresTls(PostgresTls.Mode.VERIFY_FULL, "/ca.pem")));
    }

    @Test
    void readsTheColumnsOfARoute() {
        TypeOptions types =
                read(SYNC.formatted("", ", columns: {id: bigint, price: \"numeric(20, 4)\", tags: \"text[]\"}"));

        assertThat(types.columns().get("public.users").columns().values())
                .extracting(column -> column.type())
                .containsExactly(
                        new PostgresType("int8", -1, -1, false),
                        new PostgresType("numeric", 20, 4, false),
                        new PostgresType("text", -1, -1, true));
    }

    @Test
    void saysAllThatIsWrong() {
        assertRefused(SYNC.formatted(
                        ", catalog: {port: 0}, time-precision: seconds", ", columns: {id: bigit, mood: mood}"))
                .contains("source.kafka.catalog.host", "source.kafka.catalog.database", "source.kafka.catalog.user")
                .contains("source.kafka.catalog.port", "1 to 65535")
                .contains("source.kafka.time-precision")
                .contains("routes[0].columns.id", "\"bigit\"")
                .contains("routes[0].columns.mood", "`enum` for an enum");
    }

    @Test
    void columnsHaveNoEffectWhereTheDatabaseIsTheSource() {
        assertRefused(Configurations.DIRECT.replace(
                        "{table: public.users, ", "{table: public.users, columns: {id: bigint}, "))
                .contains("routes[0].columns", "has no effect");
    }

    private static AbstractStringAssert<?> assertRefused(String yaml) {
        return assertThat(catchThrowableOfType(InvalidConfigurationException.class, () -> read(yaml))
                .getMessage());
    }

    private static TypeOptions read(String yaml) {
        return ((SourceOptions.Topics) Configurations.read(yaml).source()).types();
    }
}
