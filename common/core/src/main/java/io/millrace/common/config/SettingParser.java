package io.millrace.common.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;

/** From what is written to a setting's value, with Flink's own conversions. */
final class SettingParser {

    private static final int LONGEST_SHOWN = 80;

    private final Placeholders placeholders;
    private final Problems problems;

    SettingParser(Placeholders placeholders, Problems problems) {
        this.placeholders = placeholders;
        this.problems = problems;
    }

    SettingParser(SettingParser parser, Problems problems) {
        this(parser.placeholders, problems);
    }

    /** Returns the value; nothing, and a problem, if it cannot be read. */
    <T> Optional<T> parse(Setting<T> setting, JsonNode written) {
        return switch (setting.kind()) {
            case MAP -> map(setting, written);
            case LIST -> list(setting, written);
            case SCALAR, SECRET -> scalar(setting, written);
        };
    }

    private <T> Optional<T> map(Setting<T> setting, JsonNode written) {
        if (!written.isObject()) {
            return written.isNull() ? Optional.of(setting.decode().apply(Map.of())) : wrongType(setting, written);
        }
        Map<String, String> values = new LinkedHashMap<>();
        written.fields()
                .forEachRemaining(entry -> text(setting.key() + "." + entry.getKey(), entry.getValue())
                        .ifPresent(value -> values.put(entry.getKey(), value)));
        return values.size() == written.size() ? Optional.of(setting.decode().apply(values)) : Optional.empty();
    }

    private <T> Optional<T> list(Setting<T> setting, JsonNode written) {
        List<String> values = new ArrayList<>();
        if (written.isArray()) {
            for (int i = 0; i < written.size(); i++) {
                text(setting.key() + "[" + i + "]", written.path(i)).ifPresent(values::add);
            }
            return values.size() == written.size()
                    ? Optional.of(setting.decode().apply(values))
                    : Optional.empty();
        }
        return text(setting.key(), written).flatMap(value -> convert(setting, value, written));
    }

    private <T> Optional<T> scalar(Setting<T> setting, JsonNode written) {
        if (!written.isTextual() && !written.isNull()) {
            return wrongType(setting, written);
        }
        return text(setting.key(), written).flatMap(value -> convert(setting, value, written));
    }

    private Optional<String> text(String path, JsonNode written) {
        if (!written.isTextual()) {
            problems.add(
                    path,
                    written.isNull()
                            ? "has no value; give one or remove the line"
                            : "is " + shape(written) + "; it must be a single value");
            return Optional.empty();
        }
        return Optional.ofNullable(placeholders.resolve(path, written.textValue(), problems));
    }

    private <T> Optional<T> convert(Setting<T> setting, String text, JsonNode written) {
        String value =
                setting.type().contains(" | ") ? text.toUpperCase(Locale.ROOT).replace('-', '_') : text.strip();
        if (setting.kind() == Setting.Kind.SECRET) {
            return Optional.of(setting.decode().apply(text));
        }
        try {
            Object converted =
                    Configuration.fromMap(Map.of(setting.key(), value)).get(setting.option());
            return Optional.of(setting.decode().apply(converted));
        } catch (IllegalArgumentException e) {
            return wrongType(setting, written);
        }
    }

    private <T> Optional<T> wrongType(Setting<T> setting, JsonNode written) {
        problems.add(setting.key(), "is " + shown(setting, written) + "; it must be " + example(setting.type()));
        return Optional.empty();
    }

    /** Returns the value as it may be printed: no secret, and not all of a long one. */
    static String shown(Setting<?> setting, JsonNode written) {
        if (!written.isTextual()) {
            return shape(written);
        }
        String text = written.textValue();
        if (setting.kind() == Setting.Kind.SECRET) {
            return "***";
        }
        return TextNode.valueOf(text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text)
                .toString();
    }

    private static String shape(JsonNode written) {
        return switch (written.getNodeType()) {
            case ARRAY -> "a list";
            case OBJECT -> "a mapping";
            default -> "without a value";
        };
    }

    private static String example(String type) {
        return switch (type) {
            case "Duration" -> "a duration, as `30 s`, `5 min` or `100 ms`";
            case "MemorySize" -> "a size, as `1 mb` or `512 kb`";
            case "Integer", "Long" -> "a whole number";
            case "Boolean" -> "true or false";
            case "List<String>" -> "a list, as `[a, b]`";
            case "Map<String, String>" -> "a mapping, as `{name: value}`";
            case "String", "Secret" -> "a single value";
            default -> "one of " + type;
        };
    }
}
