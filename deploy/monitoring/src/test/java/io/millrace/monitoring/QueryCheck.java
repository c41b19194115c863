package io.millrace.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.monitoring.Exposition.Series;
import io.millrace.monitoring.Promql.Grouping;
import io.millrace.monitoring.Promql.Look;
import io.millrace.monitoring.Promql.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether a query in PromQL asks for what there is: it keeps to the language, each of its selectors finds a series, and each
 * label that it groups by, or that is spoken of, is one of theirs.
 */
record QueryCheck(Exposition exposition) {

    void require(PromQuery query) throws Exception {
        require(query, Promql.look(List.of(query.expression())).get(0));
    }

    void require(PromQuery query, Look look) {
        assertThat(look.problems()).as("%s: %s", query, query.expression()).isEmpty();
        List<Series> all = new ArrayList<>();
        for (Selector selector : look.selectors()) {
            List<Series> found = exposition.of(selector);
            assertThat(found).as("series of %s for %s", query, selector).isNotEmpty();
            all.addAll(found);
        }
        for (Grouping grouping : look.groupings()) {
            assertThat(labels(all, grouping.metrics()))
                    .as("labels of what %s groups", query)
                    .containsAll(grouping.labels());
        }
        assertThat(told(look, all)).as("labels that %s has at the end", query).containsAll(query.mentioned());
    }

    private static Set<String> labels(List<Series> series, List<String> metrics) {
        return series.stream()
                .filter(each -> metrics.contains(each.metric()))
                .flatMap(each -> each.labels().keySet().stream())
                .collect(Collectors.toSet());
    }

    /** Of an aggregation there is left what it groups by; the first one is the outermost. */
    private static Set<String> told(Look look, List<Series> all) {
        return look.groupings().stream()
                .filter(Grouping::aggregates)
                .findFirst()
                .map(grouping -> Set.copyOf(grouping.labels()))
                .orElseGet(() -> all.stream()
                        .flatMap(each -> each.labels().keySet().stream())
                        .collect(Collectors.toSet()));
    }
}
