package io.millrace.cdc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.config.InvalidConfigurationException;
import io.millrace.common.replay.Version;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.KafkaTopics;
import io.millrace.testing.WithServers;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A capture without topics starts above what its targets hold, or not at all: they would refuse what it writes. */
@WithServers({Server.POSTGRES, Server.KAFKA, Server.CLICKHOUSE})
class DirectPreflightIT {

    private static final String NAME = "direct_preflight";
    private static final long FAR = Version.MAX_POSITION / 2;

    private final Addresses addresses;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private PreflightDatabase database;
    private String letters;

    DirectPreflightIT(Addresses addresses) {
        this.addresses = addresses;
    }

    @BeforeEach
    void createTables() throws Exception {
        letters = NAME + "-" + UUID.randomUUID();
        new KafkaTopics(addresses.kafkaBootstrap()).create(letters, 1);
        database = new PreflightDatabase(addresses, NAME);
        database.execute("CREATE TABLE users (id int PRIMARY KEY)", "CREATE SCHEMA held");
        clickhouse("CREATE DATABASE " + NAME);
    }

    @AfterEach
    void drop() throws Exception {
        clickhouse("DROP DATABASE " + NAME);
        database.close();
    }

    @Test
    void startsAtTheLogWhereTheyHoldNothing() throws Exception {
        assertThat(run(0, "clickhouse: {}, postgres: {}")).isPositive().isLessThan(FAR);
        assertThat(printed.toString(UTF_8)).isEmpty();
    }

    @Test
    void startsAboveWhatClickHouseHolds() throws Exception {
        clickhouseHolds(Version.of(1, FAR));

        assertThat(run(1, "clickhouse: {}")).isEqualTo(FAR + 1);
        database.dropSlot();
        assertThat(run(2, "clickhouse: {}")).isLessThan(FAR);
    }

    @Test
    void startsAboveWhatPostgresHolds() throws Exception {
        postgresHolds(FAR);

        assertThat(run(0, "postgres: {}")).isEqualTo(FAR + 1);
    }

    @Test
    void refusesALowerGeneration() throws Exception {
        clickhouseHolds(Version.of(2, 5));
        postgresHolds(Version.of(3, 5));

        assertThatThrownBy(() -> run(2, "clickhouse: {}, postgres: {}"))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("the table held.users of Postgres holds versions of generation 3")
                .hasMessageContaining("Set `generation` to 3, or higher");
    }

    @Test
    void saysWhichTablesGoWhereNobodyTells() throws Exception {
        assertThat(run(0, "redis: {key: \"u:{id}\"}")).isPositive();

        assertThat(printed.toString(UTF_8)).contains("public.users goes to targets that cannot be asked");
    }

    private void clickhouseHolds(long version) throws Exception {
        clickhouse("CREATE TABLE " + NAME + ".users (id Int32, _version UInt64, _is_deleted UInt8)"
                + " ENGINE = ReplacingMergeTree(_version, _is_deleted) ORDER BY id");
        clickhouse("INSERT INTO " + NAME + ".users VALUES (1, 7, 0), (2, " + version + ", 1)");
    }

    private void postgresHolds(long version) throws SQLException {
        database.execute(
                "CREATE TABLE held.users (id int PRIMARY KEY, _version bigint NOT NULL, _deleted_at timestamptz)",
                "INSERT INTO held.users VALUES (1, 7), (2, " + version + ")");
    }

    private void clickhouse(String sql) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(addresses.clickhouseUrl()))
                .POST(HttpRequest.BodyPublishers.ofString(sql))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private long run(int generation, String targets) throws Exception {
        return CdcPreflight.run(
                        Configurations.read(configuration(generation, targets)),
                        false,
                        new PrintStream(printed, true, UTF_8))
                .position();
    }

    private String configuration(int generation, String targets) {
        return "name: cdc-direct\ngeneration: " + generation + "\n" + database.source()
                + """
                targets:
                  redis: {uri: "redis://127.0.0.1:1"}
                  clickhouse: {url: "%s", database: %s}
                  postgres: {host: %s, port: %d, database: %s, user: %s, schema: held}
                dead-letters: {bootstrap-servers: "%s", topic: %s, overflow-folder: "file:///tmp/letters"}
                routes:
                  - {table: public.users, %s}
                """.formatted(
                                addresses.clickhouseUrl(),
                                NAME,
                                addresses.postgresHost(),
                                addresses.postgresPort(),
                                NAME,
                                addresses.postgresUser(),
                                addresses.kafkaBootstrap(),
                                letters,
                                targets);
    }
}
