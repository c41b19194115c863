package io.millrace.shop.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.shop.FreshShop;
import io.millrace.shop.ShopDatabase;
import io.millrace.shop.ShopSchema;
import io.millrace.shop.ShopSeed;
import io.millrace.testing.WithServers;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

@WithServers({Server.POSTGRES, Server.REDIS})
class RedisCheckIT {

    private ShopDatabase shop;
    private SourceSnapshot source;
    private RedisClient redis;
    private String uri;

    @BeforeEach
    void connect(Addresses addresses) throws SQLException {
        shop = FreshShop.create(addresses, "redis_check");
        ShopSeed.of(20, 20, 20, 5).plant(shop);
        source = SourceSnapshot.take(shop, ShopSchema.TABLES);
        uri = addresses.redisUri();
        redis = RedisClient.create(URI.create(uri));
    }

    @AfterEach
    void disconnect() {
        redis.flushAll();
        redis.close();
    }

    @Test
    void acceptsAFaithfulCopyOfEveryTable() {
        for (String table : ShopSchema.TABLES) {
            copy(table);
            assertThat(new RedisCheck(uri, table + ":", table, null).run(source).report())
                    .isEqualTo(
                            "OK redis." + table + " rows=" + source.rows(table).size() + " differ=0");
        }
    }

    @Test
    void leavesTheKeysOfVersionsAlone() {
        copy("users");
        redis.set("{users:1}:v", "0000000000000000001");
        assertThat(check().isOk()).isTrue();
    }

    @Test
    void namesARowThatIsMissingAndOneThatShouldNotBeThere() {
        copy("users");
        redis.del("users:id=3");
        redis.set("users:999", "{\"id\":999}");
        assertThat(check().first())
                .containsExactly(
                        new Difference("users", "id=3", "*", "a row", "nothing"),
                        new Difference("users", "id=999", "*", "nothing", "a row"));
    }

    @Test
    void refusesTwoKeysOfOneRowAndAValueThatIsNoRow() {
        copy("users");
        redis.set("users:again", redis.get("users:id=3"));
        redis.set("users:odd", "[");
        assertThat(check().first()).extracting(Difference::key).containsExactlyInAnyOrder("id=3", "users:odd");
    }

    @Test
    void failsAndNamesTheRowAfterSabotage() {
        copy("users");
        String key = Sabotage.redis(uri, "users:", source, "users");
        assertThat(check().first())
                .singleElement()
                .satisfies(difference -> assertThat(difference.key()).isEqualTo(key))
                .satisfies(difference -> assertThat(difference.found()).isEqualTo("\"sabotaged\""));
    }

    @Test
    void findsEveryCachedValueThatWasNotInvalidated() {
        RedisInvalidationCheck check = new RedisInvalidationCheck(uri, "user:", "users");
        check.plant(3);
        redis.set("user:", "{}");
        assertThat(check.run(source).line()).isEqualTo("FAILED redis.users rows=3 differ=4");
        redis.del("user:1", "user:2", "user:3", "user:");
        assertThat(check.run(source).line()).isEqualTo("OK redis.users rows=3 differ=0");
        assertThat(Sabotage.redisInvalidated(uri, "user:")).isEqualTo("user:1");
        assertThat(check.run(source).first().get(0).key()).isEqualTo("user:1");
    }

    @Test
    void waitsUntilTheTargetHasCaughtUp() {
        EqualityChecks checks =
                new EqualityChecks(shop, ShopSchema.TABLES, List.of(new RedisCheck(uri, "users:", "users", null)));
        assertThat(checks.run().get(0).isOk()).isFalse();
        CompletableFuture<Void> copying = CompletableFuture.runAsync(() -> copy("users"));
        assertThat(checks.awaitEqual(Duration.ofSeconds(30)))
                .singleElement()
                .satisfies(result -> assertThat(result.isOk()).isTrue());
        copying.join();
    }

    @Test
    void asksAgainATargetThatCannotBeReadWhenAllAreLookedAtOnceMore() {
        copy("users");
        AtomicInteger looks = new AtomicInteger();
        Check awayOnce = new Check() {
            @Override
            public String target() {
                return "redis.users";
            }

            @Override
            public CheckResult run(SourceSnapshot snapshot) {
                if (looks.incrementAndGet() == 2) {
                    throw new TargetException("Redis cannot be read");
                }
                return check();
            }
        };
        EqualityChecks checks = new EqualityChecks(shop, ShopSchema.TABLES, List.of(awayOnce));
        assertThat(checks.awaitEqual(Duration.ofSeconds(30)))
                .singleElement()
                .satisfies(result -> assertThat(result.isOk()).isTrue());
        assertThat(looks).hasValue(4);
    }

    @Test
    void reportsWhatDiffersOnceItsPatienceIsOver() {
        copy("users");
        redis.del("users:id=3");
        EqualityChecks checks =
                new EqualityChecks(shop, ShopSchema.TABLES, List.of(new RedisCheck(uri, "users:", "users", null)));
        assertThat(checks.awaitEqual(Duration.ofMillis(300)).get(0).report())
                .isEqualTo("FAILED redis.users rows=20 differ=1\n  users id=3 *: expected a row, found nothing");
    }

    @Test
    void saysThatATargetDoesNotAnswer() {
        EqualityChecks checks = new EqualityChecks(
                shop, ShopSchema.TABLES, List.of(new RedisCheck("redis://127.0.0.1:1", "users:", "users", null)));
        assertThatThrownBy(() -> checks.awaitEqual(Duration.ZERO))
                .isInstanceOf(TargetException.class)
                .hasMessageContaining("Redis cannot be read");
    }

    private CheckResult check() {
        return new RedisCheck(uri, "users:", "users", null).run(source);
    }

    private void copy(String table) {
        source.rows(table)
                .forEach((key, row) -> redis.set(
                        table + ":" + key,
                        RowCopy.document(source.table(table), row, true).toString()));
    }
}
