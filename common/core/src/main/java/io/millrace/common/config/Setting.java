package io.millrace.common.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.ConfigOptions.OptionBuilder;
import org.apache.flink.configuration.ConfigOptions.TypedConfigOptionBuilder;
import org.apache.flink.configuration.MemorySize;
import org.jspecify.annotations.Nullable;

/**
 * One thing that can be configured: a Flink option, and what its value must be. Immutable; the methods that refine
 * it return a new setting.
 *
 * @param option key, type and default, as Flink knows them
 * @param type how the reference page names the type, as {@code Duration}
 * @param kind how the value is written in YAML
 * @param description unit, and the cost of too low and too high
 * @param decode from the option's value to the setting's
 * @param required whether a value must be given
 * @param rules what a value must keep
 */
public record Setting<T>(
        ConfigOption<?> option,
        String type,
        Kind kind,
        String description,
        Function<Object, T> decode,
        boolean required,
        List<Rule<T>> rules) {

    /** How a value is written in YAML. */
    public enum Kind {
        SCALAR,
        LIST,
        MAP,
        /** A scalar that never appears in a message. */
        SECRET
    }

    /**
     * What a value must keep.
     *
     * @param requirement continues "it must", as {@code be at least 1}
     * @param because continues "because", as {@code each write holds one slot until Redis answers}
     */
    public record Rule<T>(Predicate<T> holds, String requirement, String because) {}

    public Setting {
        rules = List.copyOf(rules);
    }

    /** A text without a default. */
    public static Setting<String> text(String key, String description) {
        return scalar(ConfigOptions.key(key).stringType(), null, "String", description);
    }

    public static Setting<String> text(String key, String byDefault, String description) {
        return scalar(ConfigOptions.key(key).stringType(), byDefault, "String", description);
    }

    public static Setting<Integer> integer(String key, @Nullable Integer byDefault, String description) {
        return scalar(ConfigOptions.key(key).intType(), byDefault, "Integer", description);
    }

    public static Setting<Long> wholeNumber(String key, @Nullable Long byDefault, String description) {
        return scalar(ConfigOptions.key(key).longType(), byDefault, "Long", description);
    }

    public static Setting<Boolean> flag(String key, boolean byDefault, String description) {
        return scalar(ConfigOptions.key(key).booleanType(), byDefault, "Boolean", description);
    }

    public static Setting<Duration> duration(String key, @Nullable Duration byDefault, String description) {
        return scalar(ConfigOptions.key(key).durationType(), byDefault, "Duration", description);
    }

    public static Setting<MemorySize> memorySize(String key, @Nullable MemorySize byDefault, String description) {
        return scalar(ConfigOptions.key(key).memoryType(), byDefault, "MemorySize", description);
    }

    /** One of an enum's constants, written in any case and with {@code -} for {@code _}. */
    public static <E extends Enum<E>> Setting<E> oneOf(
            String key, Class<E> type, @Nullable E byDefault, String description) {
        return scalar(ConfigOptions.key(key).enumType(type), byDefault, choices(type), description);
    }

    /** A list of texts; empty by default. */
    @SuppressWarnings("unchecked")
    public static Setting<List<String>> list(String key, String description) {
        ConfigOption<List<String>> option =
                builder(key).stringType().asList().defaultValues().withDescription(description);
        return new Setting<>(
                option, "List<String>", Kind.LIST, description, value -> (List<String>) value, false, List.of());
    }

    /** Free entries under the key, each of which may be a secret; empty by default. */
    @SuppressWarnings("unchecked")
    public static Setting<ClientProperties> properties(String key, String description) {
        ConfigOption<Map<String, String>> option =
                builder(key).mapType().defaultValue(Map.of()).withDescription(description);
        return new Setting<>(
                option,
                "Map<String, String>",
                Kind.MAP,
                description,
                value -> new ClientProperties((Map<String, String>) value),
                false,
                List.of());
    }

    /** A password or key, best given as {@code ${env:NAME}} or {@code ${file:PATH}}. */
    public static Setting<Secret> secret(String key, String description) {
        ConfigOption<String> option = builder(key).stringType().noDefaultValue().withDescription(description);
        return new Setting<>(
                option, "Secret", Kind.SECRET, description, value -> new Secret((String) value), false, List.of());
    }

    public String key() {
        return option.key();
    }

    /** The job does not start without a value. */
    public Setting<T> mustBeGiven() {
        return new Setting<>(option, type, kind, description, decode, true, rules);
    }

    /** Adds a rule; see {@link Rule}. */
    public Setting<T> mustBe(Predicate<T> holds, String requirement, String because) {
        List<Rule<T>> all = new ArrayList<>(rules);
        all.add(new Rule<>(holds, requirement, because));
        return new Setting<>(option, type, kind, description, decode, required, all);
    }

    private static OptionBuilder builder(String key) {
        return ConfigOptions.key(key);
    }

    @SuppressWarnings("unchecked")
    private static <T> Setting<T> scalar(
            TypedConfigOptionBuilder<T> builder, @Nullable T byDefault, String type, String description) {
        ConfigOption<T> option = byDefault == null ? builder.noDefaultValue() : builder.defaultValue(byDefault);
        return new Setting<>(
                option.withDescription(description),
                type,
                Kind.SCALAR,
                description,
                value -> (T) value,
                false,
                List.of());
    }

    private static <E extends Enum<E>> String choices(Class<E> type) {
        List<String> words = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            words.add(constant.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
        }
        return String.join(" | ", words);
    }
}
