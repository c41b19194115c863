package io.millrace.monitoring;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The series that a reporter shows, in Prometheus' text format. */
record Exposition(List<Series> series) {

    private static final Pattern LINE = Pattern.compile("(?m)^([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? (\\S+)$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** One series, with its value now. */
    record Series(String metric, Map<String, String> labels, double value) {

        boolean isOf(Promql.Selector selector) {
            return metric.equals(selector.metric())
                    && selector.matchers().stream()
                            .allMatch(matcher -> matcher.accepts(labels.getOrDefault(matcher.label(), "")));
        }
    }

    static Exposition parse(String text) {
        List<Series> series = new ArrayList<>();
        Matcher line = LINE.matcher(text);
        while (line.find()) {
            Map<String, String> labels = new TreeMap<>();
            Matcher label = LABEL.matcher(line.group(2) == null ? "" : line.group(2));
            while (label.find()) {
                labels.put(label.group(1), label.group(2));
            }
            series.add(new Series(line.group(1), labels, number(line.group(3))));
        }
        return new Exposition(series);
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    List<Series> of(Promql.Selector selector) {
        return series.stream().filter(each -> each.isOf(selector)).toList();
    }

    /** Returns the greatest value of a metric; not a number if there is none, as of a distribution over nothing. */
    double greatest(String metric) {
        return series.stream()
                .filter(each -> each.metric().equals(metric))
                .mapToDouble(Series::value)
                .filter(value -> !Double.isNaN(value))
                .max()
                .orElse(Double.NaN);
    }

    /** Returns each series with its value, as a line. */
    List<String> lines() {
        return series.stream()
                .map(each -> each.metric() + each.labels() + " " + each.value())
                .sorted()
                .toList();
    }
}
