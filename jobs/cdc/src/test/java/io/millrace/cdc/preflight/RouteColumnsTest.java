package io.millrace.cdc.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cdc.model.LeftOut;
import io.millrace.cdc.model.Routes;
import io.millrace.cdc.model.Target;
import io.millrace.common.config.Problem;
import io.millrace.common.config.Problems;
import io.millrace.common.serde.ColumnNames;
import io.millrace.common.sink.clickhouse.ClickHouseRoute;
import io.millrace.common.sink.elasticsearch.IndexRoute;
import io.millrace.common.sink.jdbc.PostgresRoute;
import io.millrace.common.sink.notification.NotificationRoute;
import io.millrace.common.sink.notification.ToldChange;
import io.millrace.common.sink.redis.KeyTemplate;
import io.millrace.common.sink.redis.RedisRoute;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RouteColumnsTest {

    private static final String USERS = "public.users";
    private static final ColumnNames KNOWN = new ColumnNames(Set.of("id"), new LinkedHashSet<>(List.of("id", "email")));

    private final Problems problems = new Problems();

    @Test
    void refusesWhatRedisRoutesMisspell() {
        check(RedisRoute.write(USERS, "u:{uid}").including(Set.of("mail")), null, Map.of(USERS, KNOWN));

        assertThat(problems.found())
                .extracting(Problem::path)
                .containsExactly("routes[0].redis.key", "routes[0].redis.include");
        assertThat(problems.notes()).isEmpty();
    }

    @Test
    void onlyNotesAMappingOfAColumnThatIsNotThere() {
        check(RedisRoute.write(USERS, "u:{id}"), "{\"emial\":{},\"id\":{}}", Map.of(USERS, KNOWN));

        assertThat(problems.isEmpty()).isTrue();
        assertThat(problems.notes())
                .extracting(Problem::toString)
                .containsExactly("`routes[0].elasticsearch.mapping` has emial, which is no column of public.users; did"
                        + " you mean `email`?");
    }

    /** Elasticsearch would refuse every document. */
    @Test
    void refusesAColumnThatElasticsearchKeepsForItself() {
        ColumnNames columns = new ColumnNames(Set.of("id"), Set.of("id", "_source"));
        check(RedisRoute.write(USERS, "u:{id}"), "{}", Map.of(USERS, columns));

        assertThat(problems.found())
                .extracting(Problem::toString)
                .containsExactly(
                        "`routes[0].elasticsearch` cannot take public.users: it has a column _source, which each"
                                + " document there has for itself");
    }

    @Test
    void refusesToLeaveOutWhatIsNotThereAndTheKey() {
        Routes routes = new Routes(
                Map.of(USERS, Set.of(Target.POSTGRES)),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                new LeftOut(Map.of(Target.POSTGRES, Map.of(USERS, Set.of("emial", "id")))));

        new RouteColumns(routes, problems).check(Map.of(USERS, KNOWN));

        assertThat(problems.found())
                .extracting(Problem::toString)
                .containsExactlyInAnyOrder(
                        "`routes[0].postgres.exclude` names emial, which is no column of public.users; did you mean"
                                + " `email`?",
                        "`routes[0].postgres.exclude` names id, which is of the key of public.users: without it rows"
                                + " there could not be told apart");
    }

    @Test
    void refusesAMappingThatIsNone() {
        check(RedisRoute.write(USERS, "u:{id}"), "\"text\"", Map.of());

        assertThat(problems.found()).extracting(Problem::path).containsExactly("routes[0].elasticsearch.mapping");
    }

    @Test
    void saysWhatCouldNotBeChecked() {
        check(RedisRoute.write(USERS, "u:{id}"), null, Map.of());
        check(
                RedisRoute.write(USERS, "u:{id}").excluding(Set.of("bio")),
                null,
                Map.of(USERS, new ColumnNames(Set.of("id"), Set.of())));

        assertThat(problems.isEmpty()).isTrue();
        assertThat(problems.notes())
                .hasSize(2)
                .allMatch(note -> note.path().equals("routes[0].redis")
                        && note.message().contains("that could not be checked, because no record tells them yet"));
    }

    @Test
    void refusesTypesOfColumnsThatAreNotThereAndATableThatMeetsOurOwn() {
        ColumnNames columns = new ColumnNames(Set.of("id"), Set.of("id", "email", "_version"));
        Routes routes = new Routes(
                Map.of(USERS, Set.of(Target.CLICKHOUSE, Target.POSTGRES)),
                List.of(),
                List.of(),
                List.of(new ClickHouseRoute(USERS, "users", Map.of("emial", "String", "id", "Int64"))),
                List.of(new PostgresRoute(USERS, "users", Map.of("emial", "text", "id", "bigint"))),
                List.of());

        new RouteColumns(routes, problems).check(Map.of(USERS, columns));

        assertThat(problems.found())
                .extracting(Problem::toString)
                .satisfiesExactly(
                        found -> assertThat(found)
                                .startsWith("`routes[0].clickhouse.types.emial` is no column of public.users")
                                .contains("did you mean `email`"),
                        found -> assertThat(found).contains("it has a column _version"),
                        found -> assertThat(found)
                                .startsWith("`routes[0].postgres.types.emial` is no column of public.users"),
                        found -> assertThat(found)
                                .startsWith("`routes[0].postgres` cannot take")
                                .contains("it has a column _version"));
    }

    @Test
    void refusesWhatNotificationsMisspellAndRoomsThatADeleteCannotTell() {
        NotificationRoute route = new NotificationRoute(
                USERS,
                "e",
                "/",
                KeyTemplate.parse("u:{emial}"),
                EnumSet.allOf(ToldChange.class),
                Set.of("email", "nmae"),
                1);
        Routes routes = new Routes(
                Map.of(USERS, Set.of(Target.NOTIFICATIONS)),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(route));

        new RouteColumns(routes, problems).check(Map.of(USERS, KNOWN));
        assertThat(problems.found())
                .extracting(Problem::toString)
                .satisfiesExactly(
                        found -> assertThat(found).startsWith("`routes[0].notifications.columns` names nmae"),
                        found -> assertThat(found)
                                .startsWith("`routes[0].notifications.room` names emial")
                                .contains("did you mean `email`"),
                        found -> assertThat(found).contains("a delete tells no others"));
        assertThat(problems.notes()).isEmpty();

        new RouteColumns(routes, problems).check(Map.of());
        assertThat(problems.notes()).extracting(Problem::path).containsExactly("routes[0].notifications");
    }

    private void check(RedisRoute redis, String mapping, Map<String, ColumnNames> columns) {
        Routes routes = new Routes(
                Map.of(USERS, Set.of(Target.REDIS)),
                mapping == null ? List.of() : List.of(new IndexRoute(USERS, "users", mapping)),
                List.of(redis),
                List.of(),
                List.of(),
                List.of());
        new RouteColumns(routes, problems).check(columns);
    }
}
