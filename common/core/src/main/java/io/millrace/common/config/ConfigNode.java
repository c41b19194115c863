package io.millrace.common.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.util.TimeUtils;

/**
 * One place of a configuration that is a list of things, not a setting: reads the fields of a mapping, and notes each
 * problem with its path.
 *
 * @param path as {@code routes[2].redis}
 * @param node a mapping, an empty one if nothing is written
 */
public record ConfigNode(String path, JsonNode node, Problems problems) {

    /** Returns the entries of a list; none, and a problem, if it is no list. */
    public static List<ConfigNode> list(String path, JsonNode node, Problems problems) {
        List<ConfigNode> entries = new ArrayList<>();
        if (!node.isArray()) {
            problems.add(path, "is no list; each of its entries begins with `- `");
            return entries;
        }
        for (int i = 0; i < node.size(); i++) {
            entries.add(new ConfigNode(path + "[" + i + "]", node.path(i), problems));
        }
        return entries;
    }

    /** Notes a problem if this is no mapping, and each field that is none of these. */
    public void refuseUnknown(Set<String> known) {
        requireMapping("with " + String.join(", ", known));
        node.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                problems.add(path + "." + name, "is unknown" + Suggestions.didYouMean(name, known));
            }
        });
    }

    /**
     * Notes a problem if this is no mapping.
     *
     * @param what continues "it must be a mapping", as {@code of columns to types}
     */
    public void requireMapping(String what) {
        if (!node.isObject() && !node.isNull()) {
            problems.add(path, "is no mapping; it must be one " + what);
        }
    }

    public boolean has(String field) {
        return node.has(field);
    }

    public ConfigNode child(String field) {
        return new ConfigNode(path + "." + field, node.path(field), problems);
    }

    /** Notes a problem with a field. */
    public void problem(String field, String message) {
        problems.add(path + "." + field, message);
    }

    /** Returns the field's text; nothing if it is not written, and a problem if it is no single value. */
    public Optional<String> text(String field) {
        JsonNode value = node.path(field);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            problem(field, value.isNull() ? "has no value; give one or remove the line" : "is no single value");
            return Optional.empty();
        }
        return Optional.of(value.textValue());
    }

    /** Returns the field's list of texts; an empty one if it is not written. */
    public List<String> texts(String field) {
        List<String> texts = new ArrayList<>();
        if (has(field)) {
            for (ConfigNode entry : list(path + "." + field, node.path(field), problems)) {
                if (entry.node.isTextual()) {
                    texts.add(entry.node.textValue());
                } else {
                    problems.add(entry.path, "is no single value");
                }
            }
        }
        return texts;
    }

    /** As {@link #text}, and a problem if it is missing. */
    public Optional<String> requiredText(String field, String why) {
        if (!node.has(field)) {
            problem(field, "is missing; " + why);
        }
        return text(field);
    }

    /** Returns the constant that is written in any case, with {@code -} for {@code _}. */
    public <E extends Enum<E>> Optional<E> oneOf(String field, Class<E> type) {
        return text(field).flatMap(text -> {
            List<String> words = new ArrayList<>();
            for (E constant : type.getEnumConstants()) {
                String word = constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
                if (word.equalsIgnoreCase(text)) {
                    return Optional.of(constant);
                }
                words.add(word);
            }
            problem(field, "is \"" + text + "\"; it must be one of " + String.join(" | ", words));
            return Optional.empty();
        });
    }

    /** Returns the field as a duration such as {@code 1 h}. */
    public Optional<Duration> duration(String field) {
        return text(field).flatMap(text -> {
            try {
                return Optional.of(TimeUtils.parseDuration(text));
            } catch (IllegalArgumentException e) {
                problem(field, "is \"" + text + "\"; it must be a duration, as `30 s`, `5 min` or `1 h`");
                return Optional.empty();
            }
        });
    }
}
