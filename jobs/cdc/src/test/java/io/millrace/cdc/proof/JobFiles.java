package io.millrace.cdc.proof;

import io.millrace.local.Addresses;
import io.millrace.shop.ShopSchema;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The configurations of the two jobs, with a checkpoint every half second so that kills meet many of them. */
final class JobFiles {

    static final String CAPTURE = "cdc-capture";
    static final String SYNC = "cdc-sync";
    static final String DIRECT = "cdc-direct";

    private static final String JOB = """
            job:
              parallelism: %d
              checkpoint-interval: 500 ms
              first-restart-delay: 200 ms
              longest-restart-delay: 1 s
            """;

    /** Of the tables whose key is another column than {@code id}. */
    private static final Map<String, String> KEYS = Map.of("order_lines", "{order_id}:{line_no}", "coupons", "{code}");

    private final Addresses addresses;
    private final Names names;
    private final URI overflow;
    private final boolean all;

    /** @param all whether the shop's tables have routes to ClickHouse and Postgres too */
    JobFiles(Addresses addresses, Names names, URI overflow, boolean all) {
        this.all = all;
        this.addresses = addresses;
        this.overflow = overflow;
        this.names = names;
    }

    /** Returns the arguments of the job that fills the topics. */
    List<String> capture(List<String> tables, String delivery) {
        StringBuilder yaml = new StringBuilder("name: " + CAPTURE + "\n").append(JOB.formatted(1));
        yaml.append("""
                source:
                  type: postgres
                  postgres:
                    {host: %s, port: %d, database: %s, user: %s, slot: %s, publication: %s,
                     chunk-rows: 250, fetch-rows: 50, heartbeat-interval: 1 s}
                targets:
                  kafka: {bootstrap-servers: "%s", topic-prefix: %s, delivery: %s}
                dead-letters: {topic: %s, overflow-folder: "%s"}
                routes:
                """.formatted(
                        addresses.postgresHost(),
                        addresses.postgresPort(),
                        names.database(),
                        addresses.postgresUser(),
                        names.slot(),
                        names.slot(),
                        addresses.kafkaBootstrap(),
                        names.topicPrefix(),
                        delivery,
                        names.deadLetters(),
                        overflow));
        tables.forEach(table -> yaml.append("  - {table: public." + table + ", kafka: {}}\n"));
        return inline(yaml.toString());
    }

    /**
     * Returns the arguments of the job that fills Elasticsearch and Redis: the shop's tables among the topics have a
     * route each.
     *
     * @param routes further routes, as lines of YAML
     */
    List<String> sync(List<String> topics, String routes) {
        String yaml = "name: " + SYNC + "\n" + JOB.formatted(2)
                + """
                source:
                  type: kafka
                  kafka: {bootstrap-servers: "%s", topics: [%s], group-id: %s}
                targets:
                  elasticsearch: {hosts: ["%s"], indices: {replicas: 0}}
                  redis: {uri: "%s"}
                %s
                dead-letters: {topic: %s, overflow-folder: "%s"}
                routes:
                """.formatted(
                                addresses.kafkaBootstrap(),
                                String.join(", ", topics),
                                names.group(),
                                addresses.elasticsearchUrl(),
                                addresses.redisUri(),
                                tables(),
                                names.deadLetters(),
                                overflow)
                + shopRoutes(tablesOf(topics))
                + routes;
        return inline(yaml);
    }

    /** Returns the arguments of a job that fills Elasticsearch and Redis from Postgres, without a topic in between. */
    List<String> direct(List<String> tables, int generation) {
        String yaml = "name: " + DIRECT + "\n" + JOB.formatted(2)
                + """
                generation: %d
                source:
                  type: postgres
                  postgres:
                    {host: %s, port: %d, database: %s, user: %s, slot: %s, publication: %s,
                     chunk-rows: 250, fetch-rows: 50, heartbeat-interval: 1 s}
                targets:
                  elasticsearch: {hosts: ["%s"], indices: {replicas: 0}}
                  redis: {uri: "%s"}
                %s
                dead-letters: {bootstrap-servers: "%s", topic: %s, overflow-folder: "%s"}
                routes:
                """.formatted(
                                generation,
                                addresses.postgresHost(),
                                addresses.postgresPort(),
                                names.database(),
                                addresses.postgresUser(),
                                names.slot(),
                                names.slot(),
                                addresses.elasticsearchUrl(),
                                addresses.redisUri(),
                                tables(),
                                addresses.kafkaBootstrap(),
                                names.deadLetters(),
                                overflow);
        return inline(yaml + shopRoutes(tables));
    }

    private String tables() {
        return all
                ? """
                  clickhouse: {url: "%s", database: %s, batch: {interval: 200 ms}}
                  postgres: {host: %s, port: %d, database: %s, user: %s, schema: %s}
                """.formatted(
                                addresses.clickhouseUrl(),
                                names.warehouse(),
                                addresses.postgresHost(),
                                addresses.postgresPort(),
                                addresses.postgresDatabase(),
                                addresses.postgresUser(),
                                names.readModel())
                : "";
    }

    private List<String> tablesOf(List<String> topics) {
        return ShopSchema.TABLES.stream()
                .filter(table -> topics.contains(names.topic(table)))
                .toList();
    }

    private String shopRoutes(List<String> tables) {
        return ShopSchema.TABLES.stream()
                .filter(tables::contains)
                .map(table -> """
                  - table: public.%2$s
                    elasticsearch: {index: %1$s-%2$s%3$s}
                    redis: {mode: write, key: "%1$s:%2$s:%4$s"}
                """.concat(all ? "    clickhouse: {}\n    postgres: {}\n" : "").formatted(
                        names.topicPrefix(),
                        table,
                        table.equals("users") ? ", mapping: {bio: {type: text}}" : "",
                        KEYS.getOrDefault(table, "{id}")))
                .collect(Collectors.joining());
    }

    /** Returns the arguments that carry a configuration along. */
    static List<String> inline(String yaml) {
        return List.of("--config-inline", Base64.getEncoder().encodeToString(yaml.getBytes(StandardCharsets.UTF_8)));
    }
}
