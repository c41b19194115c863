package io.millrace.cli.topic;

import io.millrace.cli.CommandFailure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The list of topics of {@code deploy/topics.yaml}, checked.
 *
 * @param topics those that always exist
 * @param templates those whose names hold {@code {placeholders}}
 * @param profiles by name
 */
public record TopicList(List<TopicSpec> topics, List<TopicSpec> templates, Map<String, TopicProfile> profiles) {
    static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z-]+)}");

    /**
     * The topics of one installation.
     *
     * @param profile one of {@link #profiles()}
     * @param values for each placeholder, the names to make topics for; may be empty
     * @throws CommandFailure naming every problem
     */
    public List<TopicSpec> installation(String profile, Map<String, ? extends Collection<String>> values) {
        TopicProfile limits = profiles.get(profile);
        if (limits == null) {
            throw new CommandFailure("profile `" + profile + "` is not in the list of topics; it has "
                    + new TreeSet<>(profiles.keySet()));
        }
        List<String> problems = new ArrayList<>();
        List<TopicSpec> all = new ArrayList<>(topics);
        for (Map.Entry<String, ? extends Collection<String>> entry : values.entrySet()) {
            List<TopicSpec> matching = templates.stream()
                    .filter(template -> placeholders(template.name()).contains(entry.getKey()))
                    .toList();
            if (matching.isEmpty()) {
                problems.add("no template has a placeholder `{" + entry.getKey() + "}`; the placeholders are "
                        + placeholders());
            }
            for (TopicSpec template : matching) {
                for (String value : entry.getValue()) {
                    all.add(template.named(template.name().replace("{" + entry.getKey() + "}", value)));
                }
            }
        }
        List<String> names = all.stream().map(TopicSpec::name).toList();
        names.stream().map(TopicNames::problem).flatMap(Optional::stream).forEach(problems::add);
        problems.addAll(TopicNames.collisions(names));
        if (!problems.isEmpty()) {
            throw new CommandFailure(String.join(System.lineSeparator(), problems));
        }
        return all.stream().map(topic -> topic.scaled(limits)).toList();
    }

    private Set<String> placeholders() {
        Set<String> all = new TreeSet<>();
        templates.forEach(template -> all.addAll(placeholders(template.name())));
        return all;
    }

    static Set<String> placeholders(String name) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = PLACEHOLDER.matcher(name);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }
}
