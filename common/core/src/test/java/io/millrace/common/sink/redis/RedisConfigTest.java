package io.millrace.common.sink.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.millrace.common.config.InvalidConfigurationException;
import io.millrace.common.config.Problem;
import io.millrace.common.config.Secret;
import io.millrace.common.failure.FailurePolicy;
import io.millrace.common.sink.redis.RedisConfig.Backoff;
import io.millrace.common.sink.redis.RedisConfig.Batching;
import io.millrace.common.sink.redis.RedisConfig.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisConfigTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final RedisRoute USERS = RedisRoute.write("public.users", "user:{id}");

    private Connection connection = Connection.to("redis://127.0.0.1:6379");
    private Batching batching = Batching.defaults();
    private Backoff backoff = Backoff.defaults();
    private Duration retention = RedisConfig.DEFAULT_VERSION_RETENTION;
    private int maxValueBytes = 1;
    private List<RedisRoute> routes = List.of(USERS);

    private List<String> problems() {
        try {
            RedisConfig unused = new RedisConfig(
                    connection, batching, backoff, retention, maxValueBytes, FailurePolicy.FAIL, routes);
        } catch (InvalidConfigurationException e) {
            return e.problems().stream().map(Problem::toString).toList();
        }
        return List.of();
    }

    @Test
    void findsNothingWrongWithTheDefaults() {
        assertThat(problems()).isEmpty();
        assertThatCode(() -> RedisConfig.of("rediss://cache.example:6380/2", List.of(USERS)))
                .doesNotThrowAnyException();
    }

    /** A password that is not escaped makes the address unreadable, and must not be shown for it. */
    @ParameterizedTest
    @ValueSource(
            strings = {"redis://:canary/x=@host:6380", "redis://:canary#x@host", "redis://:ca nary@host", "canary"})
    void neverRepeatsAnAddressThatItCannotRead(String uri) {
        connection = Connection.to(uri);

        assertThat(problems())
                .singleElement()
                .asString()
                .doesNotContain("canary")
                .doesNotContain("nary@");
    }

    @Test
    void tellsEverythingThatIsWrongAtOnce() {
        connection = new Connection("http://x", "app", null, null, Duration.ZERO, false);
        batching = new Batching(0, 0, 0, 0, Duration.ZERO);
        backoff = new Backoff(Duration.ZERO, Duration.ofMillis(-1), SECOND);
        retention = Duration.ZERO;
        maxValueBytes = 0;
        routes = List.of(USERS.withTimeToLive(Duration.ZERO));

        assertThat(problems())
                .extracting(problem -> problem.substring(1, problem.indexOf('`', 1)))
                .containsExactly(
                        "connection.uri",
                        "connection.username",
                        "connection.request-timeout",
                        "batching.max-entries",
                        "batching.max-bytes",
                        "batching.max-in-flight",
                        "batching.max-buffered",
                        "batching.linger",
                        "backoff.first",
                        "backoff.longest",
                        "version-retention",
                        "max-value-bytes",
                        "routes[0].time-to-live");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "127.0.0.1:6379", "http://127.0.0.1:6379", "redis:", "redis://", "redis://a b"})
    void refusesWhatIsNoAddressOfRedis(String uri) {
        connection = Connection.to(uri);

        assertThat(problems()).singleElement().asString().contains("it must be redis://host:port");
    }

    @Test
    void neverRepeatsAPasswordThatStandsInTheAddress() {
        connection = Connection.to("redis://app:canary@127.0.0.1:6379");

        assertThat(problems())
                .singleElement()
                .asString()
                .contains("holds a user or password")
                .doesNotContain("canary");
    }

    @Test
    void doesNotPrintThePassword() {
        connection = new Connection("redis://h:1", "app", new Secret("canary"), null, SECOND, false);

        assertThat(problems()).isEmpty();
        assertThat(connection.toString()).contains("app", "***").doesNotContain("canary");
    }

    @Test
    void wantsRoomForMoreThanOneBatch() {
        batching = new Batching(500, 1, 1, 500, SECOND);

        assertThat(problems())
                .containsExactly("`batching.max-buffered` is 500; it must be more than max-entries (500), or no batch"
                        + " would ever be full");
    }

    @Test
    void wantsOneRouteForATable() {
        routes = List.of(USERS, RedisRoute.write("public.users", "other:{id}"));

        assertThat(problems())
                .containsExactly("`routes[1].table` is public.users, which has a route already; give it one");
    }

    @Test
    void keepsRowsOfTwoTablesFromOneKey() {
        routes = List.of(USERS, RedisRoute.write("public.people", "user:{name}"));
        assertThat(problems()).singleElement().asString().startsWith("`routes[1].key` is user:{name}, which can be");

        routes = List.of(USERS, RedisRoute.invalidate("public.people", "user:{name}"));
        assertThat(problems()).hasSize(1);
    }

    @Test
    void letsTwoTablesInvalidateOneKey() {
        routes = List.of(
                RedisRoute.invalidate("public.users", "user:{id}"),
                RedisRoute.invalidate("public.pets", "user:{owner}"));

        assertThat(problems()).isEmpty();
    }

    @Test
    void refusesWhatOnlyAWrittenValueHasWhereItInvalidates() {
        RedisRoute route = RedisRoute.invalidate("public.users", "user:{id}");
        routes = List.of(route.withTimeToLive(SECOND).including(Set.of("a")));

        assertThat(problems())
                .containsExactly(
                        "`routes[0].time-to-live` is given, but invalidate writes no value; leave it out",
                        "`routes[0].include` or exclude is given, but invalidate writes no value; leave them out");
    }

    @Test
    void takesIncludeOrExcludeAndNotBoth() {
        routes = List.of(USERS.including(Set.of("a")).excluding(Set.of("b")));

        assertThat(problems()).containsExactly("`routes[0].include` and exclude are both given; give one of them");
    }

    @Test
    void doublesAPauseWithoutEverPassingTheLongest() {
        Backoff pauses = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5), SECOND);

        assertThat(pauses.pauseMillis(1)).isEqualTo(100);
        assertThat(pauses.pauseMillis(2)).isEqualTo(200);
        assertThat(pauses.pauseMillis(6)).isEqualTo(3_200);
        assertThat(pauses.pauseMillis(7)).isEqualTo(5_000);
        assertThat(pauses.pauseMillis(Integer.MAX_VALUE)).isEqualTo(5_000);
        assertThat(new Backoff(Duration.ofDays(365_000), Duration.ofDays(365_000), SECOND).pauseMillis(40))
                .isEqualTo(Duration.ofDays(365_000).toMillis());
    }

    @Test
    void travelsWithTheJob() throws Exception {
        RedisConfig config = RedisConfig.of("redis://h:1", List.of(USERS));

        assertThat(InstantiationUtil.clone(config)).isEqualTo(config);
    }
}
