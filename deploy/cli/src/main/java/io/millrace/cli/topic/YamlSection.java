package io.millrace.cli.topic;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/** A mapping of a YAML file that reports what is wrong with it and goes on. */
final class YamlSection {
    private final String path;
    private final JsonNode node;
    private final List<String> problems;

    YamlSection(String path, JsonNode node, List<String> problems) {
        this.path = path;
        this.node = node;
        this.problems = problems;
        if (!node.isObject() && !absent(node)) {
            problems.add("`" + path + "` is `" + shown(node) + "`; it must be a mapping");
        }
    }

    void allow(Set<String> keys) {
        node.fieldNames().forEachRemaining(key -> {
            if (!keys.contains(key)) {
                problems.add("`" + path + "` has an unknown key `" + key + "`" + suggestion(key, keys));
            }
        });
    }

    void forEach(BiConsumer<String, JsonNode> entry) {
        node.fields().forEachRemaining(field -> entry.accept(field.getKey(), field.getValue()));
    }

    YamlSection section(String key) {
        return new YamlSection(path + "." + key, node.path(key), problems);
    }

    int positive(String key, int otherwise) {
        JsonNode value = node.path(key);
        if (absent(value)) {
            return otherwise;
        }
        if (!value.isInt() || value.intValue() < 1) {
            problem(key, value, "it must be a whole number of at least 1");
            return otherwise;
        }
        return value.intValue();
    }

    /** The text of a scalar, or nothing if it is absent or (a problem) not a scalar. */
    Optional<String> text(String key) {
        JsonNode value = node.path(key);
        if (absent(value)) {
            return Optional.empty();
        }
        if (!value.isValueNode()) {
            problem(key, value, "it must be a single value");
            return Optional.empty();
        }
        return Optional.of(value.asText());
    }

    void problem(String key, JsonNode value, String rule) {
        problem(key, shown(value), rule);
    }

    void problem(String key, String value, String rule) {
        problems.add("`" + path + "." + key + "` is `" + value + "`; " + rule);
    }

    private static boolean absent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private static String shown(JsonNode node) {
        String text = node.isValueNode() ? node.asText() : node.toString();
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }

    static String suggestion(String key, Set<String> keys) {
        return keys.stream()
                .filter(candidate -> distance(key, candidate) <= 2 + candidate.length() / 6)
                .min(Comparator.comparingInt((String candidate) -> distance(key, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .map(candidate -> "; did you mean `" + candidate + "`?")
                .orElse("; the keys are " + String.join(", ", new TreeSet<>(keys)));
    }

    /** Levenshtein's distance. */
    static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
