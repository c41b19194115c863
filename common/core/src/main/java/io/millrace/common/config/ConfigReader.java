package io.millrace.common.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Reads a configuration in two steps: the checks note every problem, and only when there is none do
 * {@link #get} and {@link #find} give values. Keys are written nested or dotted, as the writer likes.
 */
public final class ConfigReader {

    private final ObjectNode document;
    private final Map<String, JsonNode> leaves = new TreeMap<>();
    private final SettingParser parser;
    private final Problems problems;

    /**
     * Reads the text; what is wrong with it becomes problems.
     *
     * @param overrides values by dotted key, which win over the text
     */
    public ConfigReader(String yaml, Map<String, String> overrides, Placeholders placeholders, Problems problems) {
        this.problems = problems;
        this.parser = new SettingParser(placeholders, problems);
        this.document = YamlText.parse(yaml, problems);
        flatten("", document);
        overrides.forEach((key, value) -> leaves.put(key, TextNode.valueOf(value)));
    }

    /** Notes each of these settings that is missing though it must be given, is of a wrong type or breaks a rule. */
    public void check(Collection<? extends Setting<?>> settings) {
        settings.forEach(this::check);
    }

    private <T> void check(Setting<T> setting) {
        Optional<JsonNode> written = written(setting);
        if (written.isPresent()) {
            parser.parse(setting, written.get()).ifPresent(value -> checkRules(setting, value, written.get()));
        } else if (setting.required()) {
            problems.add(setting.key(), "is missing; " + setting.description());
        }
    }

    private <T> void checkRules(Setting<T> setting, T value, JsonNode written) {
        for (Setting.Rule<T> rule : setting.rules()) {
            if (!rule.holds().test(value)) {
                problems.add(
                        setting.key(),
                        "is " + SettingParser.shown(setting, written) + "; it must " + rule.requirement() + ", because "
                                + rule.because());
            }
        }
    }

    /**
     * Notes every key that is none of these.
     *
     * @param subtrees keys whose content somebody else reads
     */
    public void refuseUnknown(Collection<? extends Setting<?>> known, Set<String> subtrees) {
        Set<UnknownKey> unknown = new LinkedHashSet<>();
        Set<String> keys = known.stream().map(Setting::key).collect(Collectors.toCollection(LinkedHashSet::new));
        keys.addAll(subtrees);
        leaves.forEach((leaf, value) -> {
            if (subtrees.stream().noneMatch(subtree -> isAtOrUnder(leaf, subtree))
                    && known.stream().noneMatch(setting -> covers(setting, leaf))) {
                UnknownKey key = UnknownKey.of(leaf, keys);
                if (!key.isParent() || !isEmpty(value)) {
                    unknown.add(key);
                }
            }
        });
        unknown.forEach(key -> problems.add(key.path(), key.message()));
    }

    private static boolean isEmpty(JsonNode value) {
        return value.isNull() || value.isObject();
    }

    private static boolean covers(Setting<?> setting, String leaf) {
        return setting.kind() == Setting.Kind.MAP ? isAtOrUnder(leaf, setting.key()) : leaf.equals(setting.key());
    }

    /** Tells whether anything is written at this key or under it, be it empty. */
    public boolean has(String key) {
        JsonNode node = document;
        for (String part : key.split("\\.", -1)) {
            node = node.path(part);
        }
        return !node.isMissingNode() || leaves.keySet().stream().anyMatch(leaf -> isAtOrUnder(leaf, key));
    }

    /** Returns what is written under a top-level key, scalars as text; a missing node if nothing is. */
    public JsonNode subtree(String key) {
        return document.path(key);
    }

    /** Returns the value or the default, if there is either and it is right. */
    public <T> Optional<T> find(Setting<T> setting) {
        Optional<JsonNode> written = written(setting);
        if (written.isPresent()) {
            return new SettingParser(parser, new Problems()).parse(setting, written.get());
        }
        return Optional.ofNullable(setting.option().defaultValue()).map(setting.decode());
    }

    /**
     * Returns the value or the default. To be called after the checks found no problem.
     *
     * @throws IllegalStateException if there is neither
     */
    public <T> T get(Setting<T> setting) {
        return find(setting).orElseThrow(() -> new IllegalStateException("`" + setting.key() + "` has no value"));
    }

    private Optional<JsonNode> written(Setting<?> setting) {
        if (setting.kind() != Setting.Kind.MAP) {
            return Optional.ofNullable(leaves.get(setting.key()));
        }
        String prefix = setting.key() + ".";
        Map<String, JsonNode> entries = new LinkedHashMap<>();
        leaves.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                entries.put(key.substring(prefix.length()), value);
            }
        });
        return entries.isEmpty()
                ? Optional.ofNullable(leaves.get(setting.key()))
                : Optional.of(document.objectNode().setAll(entries));
    }

    private void flatten(String path, JsonNode node) {
        if (!node.isObject()) {
            if (leaves.put(path, node) != null) {
                problems.add(path, "is written twice, nested and dotted; remove one");
            }
            return;
        }
        Set<String> names = new TreeSet<>();
        node.fieldNames().forEachRemaining(names::add);
        names.forEach(name -> flatten(path.isEmpty() ? name : path + "." + name, node.path(name)));
    }

    static boolean isAtOrUnder(String key, String ancestor) {
        return key.equals(ancestor) || key.startsWith(ancestor + ".");
    }
}
