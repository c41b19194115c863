package io.millrace.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One query in PromQL.
 *
 * @param of whose it is, for messages
 * @param expression with what Grafana puts in its place
 * @param mentioned labels that a legend or a message speaks of
 */
record PromQuery(String of, String expression, List<String> mentioned) {

    /** With a scrape each second, what Grafana takes for rates. */
    static final Duration RATE_INTERVAL = Duration.ofSeconds(10);

    private static final Pattern LEGEND = Pattern.compile("\\{\\{\\s*(\\w+)\\s*}}");
    private static final Pattern MESSAGE = Pattern.compile("\\$labels\\.(\\w+)");

    /** Returns a panel's query, of all jobs or of some, joined by a bar. */
    static PromQuery of(Panel panel, JsonNode target, Duration range, String jobs) {
        String expression = target.path("expr")
                .asText()
                .replace("$__rate_interval", RATE_INTERVAL.toSeconds() + "s")
                .replace("$__range", range.toSeconds() + "s")
                .replace("$job", jobs);
        if (expression.contains("$")) {
            throw new IllegalArgumentException("nobody expands what begins with $ in " + expression);
        }
        String name = panel.title() + " " + target.path("refId").asText();
        return new PromQuery(
                name, expression, found(LEGEND, target.path("legendFormat").asText()));
    }

    /** Returns the query of an alert. */
    static PromQuery ofAlert(JsonNode rule) {
        String summary = rule.at("/annotations/summary").asText();
        return new PromQuery(
                rule.path("alert").asText(), rule.path("expr").asText().strip(), found(MESSAGE, summary));
    }

    private static List<String> found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.results().map(result -> result.group(1)).toList();
    }

    PromQuery with(String what, String into) {
        if (!expression.contains(what)) {
            throw new IllegalArgumentException(expression + " has no " + what);
        }
        return new PromQuery(of, expression.replace(what, into), mentioned);
    }

    @Override
    public String toString() {
        return of;
    }
}
