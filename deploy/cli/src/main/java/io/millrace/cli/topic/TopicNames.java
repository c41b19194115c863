package io.millrace.cli.topic;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Kafka's rules for the names of topics. */
final class TopicNames {
    private static final int LONGEST = 249;
    private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9._-]+");

    private TopicNames() {}

    /** What is wrong with a name, if anything. */
    static Optional<String> problem(String name) {
        if (name.isEmpty()) {
            return Optional.of("a topic's name is empty");
        }
        if (name.equals(".") || name.equals("..")) {
            return Optional.of("topic `" + name + "`: Kafka reserves the names `.` and `..`");
        }
        if (name.length() > LONGEST) {
            return Optional.of("topic `" + name.substring(0, 40) + "…` has a name of " + name.length()
                    + " characters; Kafka takes at most " + LONGEST);
        }
        if (!LEGAL.matcher(name).matches()) {
            return Optional.of(
                    "topic `" + name + "`: Kafka takes only letters, digits, `.`, `_` and `-` in a topic's name");
        }
        return Optional.empty();
    }

    /** Names that Kafka refuses side by side, because its metrics write a dot as an underscore. */
    static List<String> collisions(Collection<String> names) {
        Map<String, String> first = new HashMap<>();
        List<String> problems = new ArrayList<>();
        for (String name : names) {
            String other = first.putIfAbsent(name.replace('.', '_'), name);
            if (other != null) {
                problems.add("topics `" + other + "` and `" + name + "`"
                        + (other.equals(name)
                                ? " are the same topic, listed twice"
                                : " differ only in `.` and `_`, which Kafka refuses"));
            }
        }
        return problems;
    }
}
