package io.millrace.cdc.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cdc.model.Routes;
import io.millrace.cdc.model.Target;
import io.millrace.common.config.Problem;
import io.millrace.common.config.Problems;
import io.millrace.common.serde.debezium.JsonLimits;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoutedTopicsTest {

    private final Problems problems = new Problems();

    @Test
    void takesTopicsAndRoutesOfTheSameTables() {
        check(false, routes("public.users"), empty("db.public.users"), empty("__debezium-heartbeat.db"));

        assertThat(problems.isEmpty()).isTrue();
        assertThat(problems.notes()).isEmpty();
    }

    @Test
    void refusesBothSidesOfAMisspeltTable() {
        check(false, routes("public.orders", "public.uesrs"), empty("db.public.users"), empty("db.public.orders"));

        assertThat(found())
                .containsExactly(
                        "`source.kafka.topics` has db.public.users with [public.users], which no route names: all its"
                                + " changes would be skipped. Add a route for the table, or remove the topic; did you"
                                + " mean `public.uesrs`?",
                        "`routes[1].table` is public.uesrs, but no topic of `source.kafka.topics` holds it: its targets"
                                + " would stay empty. Add its topic, or correct or remove the route; did you mean"
                                + " `public.users`?");
    }

    @Test
    void recordsWinOverTheName() {
        TopicContent renamed = of("users", "public.users");

        check(false, routes("public.users"), renamed);

        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void moreTopicsThanRoutesMatchAPattern() {
        check(true, routes("public.users"), empty("db.public.users"), empty("db.public.carts"));

        assertThat(problems.isEmpty()).isTrue();
        assertThat(notes())
                .containsExactly("`source.kafka.topic-pattern` has db.public.carts with [public.carts], which no route"
                        + " names: these changes are skipped");
    }

    @Test
    void refusesARouteThatNoMatchingTopicServes() {
        check(true, routes("public.users"), empty("db.public.carts"));

        assertThat(found())
                .singleElement()
                .asString()
                .startsWith("`routes[0].table` is public.users, but no topic of `source.kafka.topic-pattern` holds it");
    }

    @Test
    void whereATopicMayHoldMoreThanItTellsNothingIsRefused() {
        check(false, routes("public.users", "public.orders"), of("db.all.changes", "public.users"), empty("odd"));

        assertThat(problems.isEmpty()).isTrue();
        assertThat(notes())
                .hasSize(2)
                .anyMatch(note -> note.contains("has odd, whose table neither records nor its name tell"))
                .anyMatch(note -> note.startsWith("`routes[1].table` is public.orders")
                        && note.contains("[db.all.changes, odd]"));
    }

    @Test
    void aMissingOrHiddenTopicServesItsRouteAndNeedsNone() {
        List<TopicContent> contents = List.of(empty("db.public.users"), empty("db.public.typo"));

        new RoutedTopics(routes("public.users"), false, problems)
                .check(contents, Set.of("db.public.users", "db.public.typo"));

        assertThat(problems.isEmpty()).isTrue();
    }

    private void check(boolean byPattern, Routes routes, TopicContent... contents) {
        new RoutedTopics(routes, byPattern, problems).check(List.of(contents), Set.of());
    }

    private List<String> found() {
        return problems.found().stream().map(Problem::toString).toList();
    }

    private List<String> notes() {
        return problems.notes().stream().map(Problem::toString).toList();
    }

    private static TopicContent empty(String topic) {
        return new TopicContent(topic, JsonLimits.DEFAULT);
    }

    private static TopicContent of(String topic, String table) {
        TopicContent content = empty(topic);
        content.look().at(Records.change(topic, 1, table, "{\"id\":1}"));
        return content;
    }

    private static Routes routes(String... tables) {
        Map<String, Set<Target>> targets = new LinkedHashMap<>();
        List.of(tables).forEach(table -> targets.put(table, Set.of(Target.REDIS)));
        return new Routes(targets, List.of(), List.of(), List.of(), List.of(), List.of());
    }
}
