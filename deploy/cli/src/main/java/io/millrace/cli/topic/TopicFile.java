package io.millrace.cli.topic;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.millrace.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads {@code topics.yaml} and says everything that is wrong with it at once. */
public final class TopicFile {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final Set<String> SECTIONS = Set.of("defaults", "profiles", "topics", "templates");
    private static final Set<String> LIMITS = Set.of("max-partitions", "max-replication");

    private final List<String> problems = new ArrayList<>();

    private TopicFile() {}

    /** Reads the list from a file. */
    public static TopicList read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new CommandFailure("the list of topics, " + file + ", does not exist or is not a file");
        }
        return parse(Files.readString(file), file.getFileName().toString());
    }

    /**
     * Reads the list from a text.
     *
     * @param name what to call the text in messages
     * @throws CommandFailure naming every problem
     */
    static TopicList parse(String text, String name) {
        JsonNode root;
        try {
            root = YAML.readTree(text);
        } catch (JsonProcessingException e) {
            throw new CommandFailure(name + " is not YAML: " + e.getMessage(), e);
        }
        TopicFile file = new TopicFile();
        TopicList list = file.list(root);
        if (!file.problems.isEmpty()) {
            throw new CommandFailure(name + " has " + file.problems.size() + " problem(s):" + System.lineSeparator()
                    + "  " + String.join(System.lineSeparator() + "  ", file.problems));
        }
        return list;
    }

    private TopicList list(JsonNode root) {
        YamlSection file = new YamlSection("the file", root, problems);
        file.allow(SECTIONS);
        TopicEntry defaults =
                TopicEntry.read(new YamlSection("defaults", root.path("defaults"), problems), TopicEntry.NONE);
        List<TopicSpec> topics = specs("topics", root.path("topics"), defaults);
        List<TopicSpec> templates = specs("templates", root.path("templates"), defaults);
        check(topics, templates);
        return new TopicList(topics, templates, profiles(root.path("profiles")));
    }

    private List<TopicSpec> specs(String section, JsonNode entries, TopicEntry defaults) {
        List<TopicSpec> specs = new ArrayList<>();
        new YamlSection(section, entries, problems)
                .forEach((name, entry) ->
                        specs.add(TopicEntry.readTopic(new YamlSection(section + "." + name, entry, problems), defaults)
                                .spec(name)));
        return List.copyOf(specs);
    }

    private void check(List<TopicSpec> topics, List<TopicSpec> templates) {
        for (TopicSpec topic : topics) {
            TopicNames.problem(topic.name()).ifPresent(problems::add);
        }
        for (TopicSpec template : templates) {
            if (TopicList.placeholders(template.name()).size() != 1) {
                problems.add("template `" + template.name() + "` must have one placeholder, such as `{table}`");
            } else {
                String sample = TopicList.PLACEHOLDER.matcher(template.name()).replaceAll("x");
                TopicNames.problem(sample)
                        .ifPresent(problem -> problems.add("template `" + template.name() + "`: " + problem));
            }
        }
        problems.addAll(
                TopicNames.collisions(topics.stream().map(TopicSpec::name).toList()));
    }

    private Map<String, TopicProfile> profiles(JsonNode node) {
        Map<String, TopicProfile> profiles = new LinkedHashMap<>();
        profiles.put("default", TopicProfile.UNLIMITED);
        new YamlSection("profiles", node, problems).forEach((name, entry) -> {
            YamlSection section = new YamlSection("profiles." + name, entry, problems);
            section.allow(LIMITS);
            profiles.put(
                    name,
                    new TopicProfile(
                            section.positive("max-partitions", Integer.MAX_VALUE),
                            section.positive("max-replication", Integer.MAX_VALUE)));
        });
        return Map.copyOf(profiles);
    }
}
