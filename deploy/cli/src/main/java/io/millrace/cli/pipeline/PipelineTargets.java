package io.millrace.cli.pipeline;

import io.millrace.cli.CommandFailure;
import io.millrace.local.Addresses;
import io.millrace.shop.ShopDatabase;
import io.millrace.shop.ShopSchema;
import io.millrace.shop.check.Check;
import io.millrace.shop.check.CheckResult;
import io.millrace.shop.check.ClickHouseCheck;
import io.millrace.shop.check.DeadLetterCheck;
import io.millrace.shop.check.ElasticsearchCheck;
import io.millrace.shop.check.EqualityChecks;
import io.millrace.shop.check.RedisCheck;
import io.millrace.shop.check.RedisInvalidationCheck;
import io.millrace.shop.check.Sabotage;
import io.millrace.shop.check.SourceSnapshot;
import io.millrace.shop.check.TopicCheck;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Where the demo's two jobs write, as the configurations in {@code deploy/demo} route it, and how that is checked. */
public final class PipelineTargets {

    public static final String TOPIC_PREFIX = "dbserver1.public.";
    static final String DEAD_LETTERS = "dead-letter-queue";

    /** Table to the prefix of its keys: what is kept whole in Redis. */
    private static final Map<String, String> CACHED = Map.of(
            "products", "product:",
            "order_lines", "order-line:",
            "coupons", "coupon:");

    /** The database in ClickHouse. */
    private static final String WAREHOUSE = "shop";

    private static final String INVALIDATED = "users";
    private static final String INVALIDATED_PREFIX = "account:";

    private final Addresses addresses;
    private final ShopDatabase database;
    private final Map<String, TopicCheck> topics = new LinkedHashMap<>();
    private final RedisInvalidationCheck invalidation;

    public PipelineTargets(Addresses addresses, ShopDatabase database) {
        this.addresses = addresses;
        this.database = database;
        this.invalidation = new RedisInvalidationCheck(addresses.redisUri(), INVALIDATED_PREFIX, INVALIDATED);
        for (String table : ShopSchema.TABLES) {
            topics.put(table, new TopicCheck(addresses.kafkaBootstrap(), TOPIC_PREFIX + table, table));
        }
    }

    /** Returns what {@code --sabotage} takes. */
    public static List<String> names() {
        List<String> names = new ArrayList<>();
        ShopSchema.TABLES.forEach(table -> names.add("kafka." + table));
        ShopSchema.TABLES.forEach(table -> names.add("elasticsearch." + table));
        ShopSchema.TABLES.stream().filter(PipelineTargets::isInRedis).forEach(table -> names.add("redis." + table));
        ShopSchema.TABLES.forEach(table -> names.add("clickhouse." + table));
        return names;
    }

    /** Caches stale values that the jobs must invalidate. */
    public void plantStaleValues(int users) {
        invalidation.plant(users);
    }

    /** Waits until every target equals the source, or the patience is over. */
    public List<CheckResult> awaitEqual(Set<PlantedRecord> planted, Duration patience) {
        return checks(planted).awaitEqual(patience);
    }

    /** Compares every target with the source once. */
    public List<CheckResult> check(Set<PlantedRecord> planted) {
        return checks(planted).run();
    }

    /**
     * Damages one row of a target.
     *
     * @param target one of {@link #names()}
     * @return the row's key
     */
    public String sabotage(String target) throws SQLException {
        String table = target.substring(target.indexOf('.') + 1);
        SourceSnapshot source = SourceSnapshot.take(database, List.of(table));
        String server = target.substring(0, target.indexOf('.'));
        return switch (server) {
            case "kafka" -> Sabotage.topic(addresses.kafkaBootstrap(), TOPIC_PREFIX + table, source, table);
            case "elasticsearch" -> Sabotage.elasticsearch(addresses.elasticsearchUrl(), table, source, table);
            case "redis" -> sabotageRedis(table, source);
            case "clickhouse" -> Sabotage.clickhouse(addresses.clickhouseUrl(), WAREHOUSE + "." + table, source, table);
            default -> throw new CommandFailure("there is no target `" + target + "` to sabotage");
        };
    }

    private String sabotageRedis(String table, SourceSnapshot source) {
        String prefix = CACHED.get(table);
        return prefix == null
                ? Sabotage.redisInvalidated(addresses.redisUri(), INVALIDATED_PREFIX)
                : Sabotage.redis(addresses.redisUri(), prefix, source, table);
    }

    private EqualityChecks checks(Set<PlantedRecord> planted) {
        planted.forEach(record -> topic(record.table()).knowing(record.topic(), record.partition(), record.offset()));
        List<Check> checks = new ArrayList<>(topics.values());
        String search = addresses.elasticsearchUrl();
        for (String table : ShopSchema.TABLES) {
            checks.add(new ElasticsearchCheck(search, table, table, topic(table)).withDecimalsAsNumbers());
        }
        for (String table : ShopSchema.TABLES) {
            String prefix = CACHED.get(table);
            if (prefix != null) {
                checks.add(new RedisCheck(addresses.redisUri(), prefix, table, topic(table)));
            } else if (table.equals(INVALIDATED)) {
                checks.add(invalidation);
            }
        }
        for (String table : ShopSchema.TABLES) {
            checks.add(new ClickHouseCheck(addresses.clickhouseUrl(), WAREHOUSE + "." + table, table, topic(table)));
        }
        Set<String> positions = planted.stream().map(PlantedRecord::position).collect(Collectors.toSet());
        checks.add(new DeadLetterCheck(addresses.kafkaBootstrap(), DEAD_LETTERS, "cdc-sync", positions));
        return new EqualityChecks(database, ShopSchema.TABLES, checks);
    }

    private TopicCheck topic(String table) {
        TopicCheck check = topics.get(table);
        if (check == null) {
            throw new IllegalArgumentException("the shop has no table `" + table + "`");
        }
        return check;
    }

    private static boolean isInRedis(String table) {
        return CACHED.containsKey(table) || table.equals(INVALIDATED);
    }
}
