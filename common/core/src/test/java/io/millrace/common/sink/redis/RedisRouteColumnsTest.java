package io.millrace.common.sink.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.config.Problem;
import io.millrace.common.config.Problems;
import io.millrace.common.serde.ColumnNames;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RedisRouteColumnsTest {

    private static final ColumnNames USERS = new ColumnNames(
            new LinkedHashSet<>(List.of("tenant", "id")), new LinkedHashSet<>(List.of("tenant", "id", "email")));

    @Test
    void takesColumnsThatAreThere() {
        assertThat(problems(
                        RedisRoute.write("public.users", "u:{tenant}:{id}").including(Set.of("id", "email")), USERS))
                .isEmpty();
        assertThat(problems(RedisRoute.invalidate("public.users", "t:{tenant}"), USERS))
                .isEmpty();
    }

    @Test
    void refusesAKeyOfOtherColumnsAndSaysWhatWasMeant() {
        assertThat(problems(RedisRoute.write("public.users", "u:{tenant}:{idd}"), USERS))
                .containsExactly("`routes[0].redis.key` is u:{tenant}:{idd}, which names [idd], but the table's key is"
                        + " [tenant, id]; name key columns only, because a delete tells no others; did you mean `id`?");
    }

    @Test
    void refusesAWrittenKeyThatTwoRowsShare() {
        assertThat(problems(RedisRoute.write("public.users", "u:{id}"), USERS))
                .singleElement()
                .asString()
                .contains("leaves out [tenant] of the table's key");
    }

    @Test
    void refusesEachSelectedColumnThatIsNotThere() {
        RedisRoute route = RedisRoute.write("public.users", "u:{tenant}:{id}");

        assertThat(problems(route.including(Set.of("emial", "id")), USERS))
                .containsExactly("`routes[0].redis.include` names emial, but public.users has the columns [tenant, id,"
                        + " email]; did you mean `email`?");
        assertThat(problems(route.excluding(Set.of("secret", "bio")), USERS))
                .hasSize(2)
                .allMatch(problem -> problem.startsWith("`routes[0].redis.exclude` names "));
    }

    @Test
    void saysNothingAboutWhatIsUnknown() {
        RedisRoute route = RedisRoute.write("public.users", "u:{x}").including(Set.of("y"));

        assertThat(problems(route, new ColumnNames(Set.of(), Set.of()))).isEmpty();
        assertThat(problems(route, new ColumnNames(Set.of("x"), Set.of()))).isEmpty();
    }

    private static List<String> problems(RedisRoute route, ColumnNames columns) {
        Problems problems = new Problems();
        RedisRoutes.checkColumns("routes[0].redis", route, columns, problems);
        return problems.found().stream().map(Problem::toString).toList();
    }
}
