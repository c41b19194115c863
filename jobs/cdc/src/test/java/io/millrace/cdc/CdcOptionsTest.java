package io.millrace.cdc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.cdc.model.SourceOptions;
import io.millrace.cdc.model.Target;
import io.millrace.common.config.InvalidConfigurationException;
import io.millrace.common.sink.clickhouse.ClickHouseConfig;
import io.millrace.common.sink.clickhouse.ClickHouseRoute;
import io.millrace.common.sink.jdbc.PostgresRoute;
import io.millrace.common.sink.jdbc.PostgresTargetConfig;
import io.millrace.common.sink.redis.RedisMode;
import io.millrace.common.source.kafka.TopicOptions.Start;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CdcOptionsTest {

    private static final String SYNC = Configurations.SYNC;
    private static final String CAPTURE = Configurations.CAPTURE;

    @TempDir
    Path folder;

    @Test
    void readsASyncFromTopicsToEachTarget() {
        CdcOptions options = read(SYNC);

        assertThat(options.name()).isEqualTo("cdc-sync");
        assertThat(options.generation()).isEqualTo(2);
        assertThat(options.routes().targets().get("public.users")).containsExactly(Target.ELASTICSEARCH, Target.REDIS);
        assertThat(options.routes().targets().get("public.orders"))
                .containsExactly(Target.REDIS, Target.CLICKHOUSE, Target.POSTGRES);
        assertThat(options.kafka()).isEmpty();
        assertThat(options.elasticsearch().orElseThrow().routes())
                .singleElement()
                .satisfies(route -> {
                    assertThat(route.index()).isEqualTo("users");
                    assertThat(route.mapping()).isEqualTo("{\"bio\":{\"type\":\"text\"}}");
                });
        assertThat(options.redis().orElseThrow().routes()).hasSize(2).first().satisfies(route -> {
            assertThat(route.mode()).isEqualTo(RedisMode.WRITE);
            assertThat(route.timeToLive()).isEqualTo(Duration.ofHours(1));
            assertThat(route.exclude()).containsExactly("bio");
        });
        ClickHouseConfig warehouse = options.clickhouse().orElseThrow();
        assertThat(warehouse.routes())
                .containsExactly(new ClickHouseRoute("public.orders", "orders", Map.of("total", "Decimal(20, 4)")));
        PostgresTargetConfig model = options.postgres().orElseThrow();
        assertThat(model.address().url()).isEqualTo("jdbc:postgresql://model:5432/shop");
        assertThat(model.schema()).isEqualTo("shop");
        assertThat(model.routes())
                .containsExactly(new PostgresRoute("public.orders", "order_facts", Map.of("total", "numeric(20, 4)")));
        assertThat(warehouse.connection().database()).isEqualTo("millrace");
        assertThat(warehouse.toString()).doesNotContain("canary");
    }

    @Test
    void readsWhichColumnsATargetDoesNotGet() {
        CdcOptions options = read(SYNC.replace(
                "table: public.orders",
                "table: public.orders\n    elasticsearch: {index: orders, exclude: [total, note]}"));

        assertThat(options.routes().leftOut().of("public.orders"))
                .isEqualTo(Map.of(Target.ELASTICSEARCH, Set.of("total", "note")));
        assertThat(options.routes().leftOut().of("public.users")).isEmpty();
    }

    @Test
    void takesTheSourcesKafkaForTopicsAndDeadLetters() {
        CdcOptions options = read(SYNC);
        SourceOptions.Topics source = (SourceOptions.Topics) options.source();

        assertThat(source.topics().groupId()).isEqualTo("cdc-sync");
        assertThat(source.topics().start()).isEqualTo(Start.EARLIEST);
        assertThat(source.topics().properties().reveal().get("sasl.jaas.config"))
                .contains("password=\"canary\"");
        assertThat(source.limits().largestDocument()).isEqualTo(1 << 20);
        assertThat(options.deadLetters().topic()).isEqualTo("dead-letter-queue");
        assertThat(options.deadLetters().kafka().bootstrapServers()).isEqualTo("broker:9092");
        assertThat(options.deadLetters().kafka().properties())
                .isEqualTo(source.topics().properties());
    }

    @Test
    void readsACaptureOfTheRoutedTables() {
        CdcOptions options = read(CAPTURE);
        SourceOptions.Postgres source = (SourceOptions.Postgres) options.source();

        assertThat(source.config().tables()).containsExactly("public.users", "public.orders");
        assertThat(source.config().serverName()).isEqualTo("dbserver1");
        assertThat(options.kafka().orElseThrow().transactions().orElseThrow().idPrefix())
                .isEqualTo("cdc-capture");
        assertThat(options.deadLetters().kafka().bootstrapServers()).isEqualTo("broker:9092");
    }

    @Test
    void neverPrintsASecret() {
        assertThat(read(SYNC).toString()).doesNotContain("canary").contains("***");
        assertThat(read(CAPTURE).toString()).doesNotContain("canary").contains("***");
    }

    @Test
    void tellsEveryProblemOfAConfigurationAtOnce() {
        assertThatThrownBy(() -> read("""
                        name: Sync
                        source:
                          type: kafka
                          kafka: {topics: [a b], topic-pattern: "[", start: timestamp, largest-document: 1 tb}
                          postgres: {host: db}
                        job: {checkpoint-timeout: 1 min, first-restart-delay: 5 min}
                        routes:
                          - table: users
                            elasticsearch: {index: Users}
                          - table: public.orders
                            elastic: {index: orders}
                          - table: public.items
                            kafka: {topic: x}
                            redis: {mode: cache, key: "item:{id"}
                          - table: public.orders
                            redis: {key: "{id}", mode: invalidate, time-to-live: 1 h}
                            clickhouse: {table: "order's", tipes: {}}
                          - table: public.carts
                            clickhouse: {table: carts, types: {id: UInt64, at: "DateTime64(3)"}}
                          - table: other.carts
                            clickhouse: {}
                            postgres: {table: a_name_that_is_longer_than_postgres_names_can_be_with_the_view, types: {}}
                          - table: public.a
                            postgres: {table: shared, types: {id: "int; DROP TABLE a"}}
                          - table: public.b
                            postgres: {table: shared_current, tipes: {}}
                        targets:
                          postgres: {host: db, user: me, port: 0, request-timeout: 10 ms, tls: {mode: verify}}
                          clickhouse: {url: "localhost:8123", batch: {max-rows: 0}}
                          elasticsearch: {hosts: [search], batch: {max-actions: 0}}
                          redis: {batch: {linger: x}, uri: redis://h, pasword: x}
                        """))
                .isInstanceOfSatisfying(
                        InvalidConfigurationException.class,
                        e -> assertThat(e.problems())
                                .extracting(problem -> problem.path())
                                .containsExactlyInAnyOrder(
                                        "name",
                                        "source.kafka.bootstrap-servers",
                                        "source.kafka.topics",
                                        "source.kafka.topics",
                                        "source.kafka.topic-pattern",
                                        "source.kafka.start-timestamp",
                                        "source.kafka.largest-document",
                                        "source.postgres",
                                        "job.longest-restart-delay",
                                        "dead-letters.bootstrap-servers",
                                        "dead-letters.overflow-folder",
                                        "routes[0].table",
                                        "routes[0].elasticsearch.index",
                                        "routes[1].elastic",
                                        "routes[1]",
                                        "routes[2].kafka",
                                        "routes[2].kafka.topic",
                                        "routes[2].redis.mode",
                                        "routes[2].redis.key",
                                        "routes[3].table",
                                        "routes[3].redis.time-to-live",
                                        "routes[3].clickhouse.table",
                                        "routes[3].clickhouse.tipes",
                                        "routes[4].clickhouse.types.id",
                                        "routes[5].clickhouse.table",
                                        "routes[5].postgres.table",
                                        "routes[6].postgres.types.id",
                                        "routes[7].postgres.table",
                                        "routes[7].postgres.tipes",
                                        "targets.postgres.database",
                                        "targets.postgres.port",
                                        "targets.postgres.request-timeout",
                                        "targets.postgres.tls.mode",
                                        "targets.postgres.backoff.give-up-after",
                                        "targets.clickhouse.url",
                                        "targets.clickhouse.batch.max-rows",
                                        "targets.clickhouse.backoff.give-up-after",
                                        "targets.elasticsearch.hosts",
                                        "targets.elasticsearch.batch.max-actions",
                                        "targets.elasticsearch.backoff.give-up-after",
                                        "targets.redis.batch.linger",
                                        "targets.redis.backoff.give-up-after",
                                        "targets.redis.pasword"));
    }

    @Test
    void refusesTwoTablesInOneIndexAndOverlappingKeys() {
        assertThatThrownBy(() -> read(
                        SYNC.replace("table: public.orders", "table: public.orders\n    elasticsearch: {index: users}")
                                .replace("order:{id}", "user:{id}")))
                .hasMessageContaining("`routes[1].elasticsearch.index` is users, as that of routes[0].elasticsearch")
                .hasMessageContaining("`routes[1].redis.key` is user:{id}");
    }

    @Test
    void refusesATableWhoseNameIsNoTopic() {
        assertThatThrownBy(() -> read(Configurations.CAPTURE.replace("public.users", "public.Ünïcode")))
                .hasMessageContaining("routes[0].kafka")
                .hasMessageContaining("cannot take public.Ünïcode: its topic would have that name");
    }

    @Test
    void namesRedisSettingsAsTheyAreWrittenTogetherWithOtherProblems() {
        assertThatThrownBy(() -> read(Configurations.SYNC
                        .replace(
                                "redis: {uri: redis://cache:6379}", "redis: {uri: cache:6379, batch: {max-entries: 0}}")
                        .replace("generation: 2", "generation: 999")))
                .hasMessageContaining("generation")
                .hasMessageContaining("targets.redis.uri")
                .hasMessageContaining("targets.redis.batch.max-entries");
    }

    @Test
    void namesSettingsThatDoNotFitEachOtherTogetherWithOtherProblems() {
        assertThatThrownBy(() -> read(Configurations.SYNC
                        .replace(
                                "username: elastic, password: \"${env:CANARY}\"",
                                "username: elastic, backoff: {first: 1 min, longest: 1 s}")
                        .replace("redis://cache:6379}", "redis://cache:6379, version-retention: 0 s}")
                        .replace("generation: 2", "generation: 999")))
                .hasMessageContaining("generation")
                .hasMessageContaining("`targets.elasticsearch.username` is given without")
                .hasMessageContaining("`targets.elasticsearch.backoff.longest` is below")
                .hasMessageContaining("targets.redis.version-retention");
        assertThatThrownBy(() -> read(Configurations.CAPTURE.replace(
                        "delivery: exactly-once", "linger: 1 min, delivery-timeout: 1 min")))
                .hasMessageContaining("`targets.kafka.delivery-timeout` is not above `targets.kafka.linger`");
        assertThatThrownBy(() -> read(Configurations.CAPTURE.replace(
                        "database: shop,", "database: shop, retained-wal: {warning: 2 gb, critical: 1 gb},")))
                .hasMessageContaining("`source.postgres.retained-wal.critical` is below");
    }

    @Test
    void refusesUnalignedCheckpointsOfACapture() {
        assertThatThrownBy(() -> read(Configurations.CAPTURE + "job: {unaligned-checkpoints: true}\n"))
                .hasMessageContaining("job.unaligned-checkpoints")
                .hasMessageContaining("must not overtake its rows");
    }

    @Test
    void asksForRoutes() {
        assertThatThrownBy(() -> read(CAPTURE.substring(0, CAPTURE.indexOf("routes:"))))
                .hasMessageContaining("`routes` are missing");
        assertThatThrownBy(() -> read(CAPTURE.replaceAll("(?s)routes:.*targets", "routes: {a: b}\ntargets")))
                .hasMessageContaining("`routes` is no list");
    }

    @Test
    void readsAFileAnInlineTextAndOverrides() throws Exception {
        String yaml = CAPTURE.replace("\"${env:CANARY}\"", "x");
        Path file = Files.writeString(folder.resolve("capture.yaml"), yaml);
        String inline = Base64.getEncoder().encodeToString(yaml.getBytes(StandardCharsets.UTF_8));

        assertThat(CdcOptions.parse("--config", file.toString()))
                .isEqualTo(CdcOptions.parse("--config-inline", inline));
        assertThat(CdcOptions.parse("--config-inline", inline, "--set", "name=other", "--set", "generation=9"))
                .satisfies(options -> {
                    assertThat(options.name()).isEqualTo("other");
                    assertThat(options.generation()).isEqualTo(9);
                });
    }

    @Test
    void explainsACommandLineThatCannotBeRead() {
        assertThatThrownBy(() -> CdcOptions.parse("--confg", "x", "--set", "nothing", "--set"))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("`--confg` is unknown")
                .hasMessageContaining("`--set` is followed by no `key=value`")
                .hasMessageContaining("`--set` has no value")
                .hasMessageContaining("`--config` is missing");
        assertThatThrownBy(() ->
                        CdcOptions.parse("--config", folder.resolve("none").toString()))
                .hasMessageContaining("cannot be read as text (NoSuchFileException)");
        assertThatThrownBy(() -> CdcOptions.parse("--config-inline", "*")).hasMessageContaining("is not Base64");
    }

    private static CdcOptions read(String yaml) {
        return Configurations.read(yaml);
    }
}
