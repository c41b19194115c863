package io.millrace.cli.init;

import io.millrace.cli.Bytes;
import io.millrace.cli.init.Targets.Chosen;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** First configurations of the two jobs, as YAML that people go on writing. */
final class Drafts {

    /** Longer names get no number that tells them apart. */
    private static final int LONGEST_NAME = 150;

    private static final String PLAIN = "[A-Za-z_][A-Za-z0-9_./-]*";

    private final Database database;
    private final Chosen targets;
    private final String prefix;
    private final String overflow;

    /**
     * Makes drafts.
     *
     * @param prefix what the topics' names begin with
     * @param overflow where dead letters go that are too large for Kafka
     */
    Drafts(Database database, Chosen targets, String prefix, String overflow) {
        this.database = database;
        this.targets = targets;
        this.prefix = prefix;
        this.overflow = overflow;
    }

    /** Returns the job from Postgres to topics. */
    String capture(List<Table> tables) {
        String name = plain(database.name());
        String password = database.login().getProperty("password") == null
                ? "# password: ${env:PGPASSWORD}"
                : "password: ${env:PGPASSWORD}";
        return """
                # From %s to Kafka, one topic a table.
                # Each option: docs/reference/cdc-options.md
                name: %s-capture
                source:
                  type: postgres
                  postgres:
                    host: %s
                    port: %d
                    database: %s
                    user: %s
                    %s
                    slot: millrace_%s
                    publication: millrace_%s
                targets:
                  kafka: {bootstrap-servers: %s, topic-prefix: %s}
                dead-letters:
                  overflow-folder: %s   # what is too large for Kafka; on a cluster, s3://…
                routes:
                """.formatted(
                                database.shown(),
                                name.replace('_', '-'),
                                quoted(database.host()),
                                database.port(),
                                quoted(database.name()),
                                quoted(database.user()),
                                password,
                                name,
                                name,
                                quoted(targets.kafka()),
                                prefix,
                                quoted(overflow))
                + tables.stream()
                        .map(table -> "  - {table: " + quoted(table.fullName()) + ", kafka: {}}" + " ".repeat(3) + "# "
                                + size(table) + "\n")
                        .collect(Collectors.joining());
    }

    private static String size(Table table) {
        return "about " + table.rows() + " rows, " + Bytes.text(table.bytes());
    }

    /** Returns the list of topics that the jobs need, as {@code millrace topics --file} takes it. */
    String topics(List<Table> tables) {
        return """
                # The topics of %s, for `millrace topics plan --file` and `apply`. deploy/topics.yaml explains each word.
                defaults:
                  partitions: 5
                  replication: 3
                  config: {min.insync.replicas: 2}
                profiles:
                  default: {}
                  local: {max-partitions: 4, max-replication: 1}
                topics:
                  dead-letter-queue: {retention: 30d, config: {max.message.bytes: 2097152}}
                """.formatted(database.shown())
                + tables.stream()
                        .map(table -> "  " + quoted(topic(table)) + ": {cleanup: compact, delete-retention: 7d}\n")
                        .collect(Collectors.joining());
    }

    /** Returns the job from the topics to the targets. */
    String sync(List<Table> tables) {
        StringBuilder yaml =
                new StringBuilder("""
                # From the topics of %1$s-capture to where the rows are used.
                # Each option: docs/reference/cdc-options.md
                name: %1$s-sync
                source:
                  type: kafka
                  kafka:
                    bootstrap-servers: %2$s
                    topics:
                """.formatted(plain(database.name()).replace('_', '-'), quoted(targets.kafka())));
        tables.forEach(
                table -> yaml.append("      - ").append(quoted(topic(table))).append('\n'));
        yaml.append("targets:\n").append(reached());
        yaml.append("dead-letters:\n  overflow-folder: ")
                .append(quoted(overflow))
                .append('\n');
        yaml.append("routes:\n");
        names(tables).forEach((table, name) -> yaml.append(route(table, name)));
        return yaml.toString();
    }

    private String topic(Table table) {
        return prefix + "." + table.fullName();
    }

    private String reached() {
        StringBuilder yaml = new StringBuilder();
        if (Chosen.isWanted(targets.elasticsearch())) {
            yaml.append("  elasticsearch: {hosts: [")
                    .append(quoted(targets.elasticsearch()))
                    .append("], indices: {replicas: 0}}   # 1 on a cluster of several nodes\n");
        }
        if (Chosen.isWanted(targets.redis())) {
            yaml.append("  redis: {uri: ").append(quoted(targets.redis())).append("}\n");
        }
        if (Chosen.isWanted(targets.clickhouse())) {
            yaml.append("  clickhouse: {url: ")
                    .append(quoted(targets.clickhouse()))
                    .append(", database: ")
                    .append(plain(database.name()))
                    .append("}\n");
        }
        return yaml.toString();
    }

    private String route(Table table, String name) {
        StringBuilder yaml = new StringBuilder("  - table: " + quoted(table.fullName()) + "\n");
        if (Chosen.isWanted(targets.elasticsearch())) {
            yaml.append("    elasticsearch: {index: ").append(name).append("}\n");
        }
        if (Chosen.isWanted(targets.redis())) {
            String key = table.key().stream().map(column -> "{" + column + "}").collect(Collectors.joining(":"));
            yaml.append("    redis: {mode: write, key: ")
                    .append(quoted(name + ":" + key))
                    .append("}\n");
        }
        if (Chosen.isWanted(targets.clickhouse())) {
            yaml.append("    clickhouse: {table: ").append(name).append("}\n");
        }
        return yaml.toString();
    }

    /** A name for each table that every target takes, and none twice. */
    private static Map<Table, String> names(List<Table> tables) {
        Map<String, Long> often =
                tables.stream().collect(Collectors.groupingBy(table -> plain(table.name()), Collectors.counting()));
        Map<Table, String> names = new LinkedHashMap<>();
        Set<String> taken = new HashSet<>();
        for (Table table : tables) {
            String own = plain(table.name());
            String name = often.getOrDefault(own, 0L) > 1 ? plain(table.schema() + "_" + table.name()) : own;
            for (int i = 2; !taken.add(name); i++) {
                name = own + "_" + i;
            }
            names.put(table, name);
        }
        return names;
    }

    /** Small letters, digits and {@code _}, beginning with a letter. */
    static String plain(String name) {
        String kept =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_").replaceFirst("^([^a-z])", "t$1");
        return kept.length() > LONGEST_NAME ? kept.substring(0, LONGEST_NAME) : kept;
    }

    private static String quoted(String text) {
        return text.matches(PLAIN) ? text : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
