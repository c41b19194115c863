package io.millrace.cdc.preflight;

import io.millrace.cdc.model.Routes;
import io.millrace.common.config.Problems;
import io.millrace.common.config.Suggestions;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Compares what topics hold with what is routed. */
final class RoutedTopics {

    private final Routes routes;
    private final boolean byPattern;
    private final String path;
    private final Problems problems;

    /**
     * Compares.
     *
     * @param byPattern whether a pattern chose the topics: more than those that are routed may match it
     */
    RoutedTopics(Routes routes, boolean byPattern, Problems problems) {
        this.routes = routes;
        this.byPattern = byPattern;
        this.path = byPattern ? "source.kafka.topic-pattern" : "source.kafka.topics";
        this.problems = problems;
    }

    /**
     * Notes topics without a route, and routes without a topic.
     *
     * @param unread topics that are named, and missing or hidden: by their names they serve a route, and need none
     */
    void check(List<TopicContent> contents, Set<String> unread) {
        Collection<TopicContent> ofTables =
                contents.stream().filter(content -> !content.isOfNoTable()).toList();
        ofTables.stream().filter(content -> !unread.contains(content.topic())).forEach(this::checkTopic);
        routes.tables().stream()
                .filter(table ->
                        ofTables.stream().noneMatch(content -> content.tables().contains(table)))
                .forEach(table -> checkTable(table, ofTables));
    }

    private void checkTopic(TopicContent content) {
        Set<String> unrouted = new TreeSet<>(content.tables());
        unrouted.removeAll(routes.tables());
        if (content.tables().isEmpty()) {
            problems.note(
                    path,
                    "has " + content.topic() + ", whose table neither records nor its name tell: whether it has a route"
                            + " could not be checked");
        } else if (!unrouted.isEmpty()) {
            String what = "has " + content.topic() + " with " + unrouted + ", which no route names";
            if (byPattern || unrouted.size() < content.tables().size()) {
                problems.note(path, what + ": these changes are skipped");
            } else {
                problems.add(
                        path,
                        what + ": all its changes would be skipped. Add a route for the table, or remove the topic"
                                + Suggestions.didYouMean(unrouted.iterator().next(), routes.tables()));
            }
        }
    }

    private void checkTable(String table, Collection<TopicContent> contents) {
        List<String> unsure = contents.stream()
                .filter(content -> !content.isAsNamed())
                .map(TopicContent::topic)
                .toList();
        if (unsure.isEmpty()) {
            Set<String> held = new TreeSet<>();
            contents.forEach(content -> held.addAll(content.tables()));
            problems.add(
                    routes.path(table) + ".table",
                    "is " + table + ", but no topic of `" + path + "` holds it: its targets would stay empty. Add its"
                            + " topic, or correct or remove the route" + Suggestions.didYouMean(table, held));
        } else {
            problems.note(
                    routes.path(table) + ".table",
                    "is " + table + ", of which no topic has recent records; whether one of " + unsure
                            + " holds it could not be checked");
        }
    }
}
