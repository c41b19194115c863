package io.millrace.common.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A job's command line: {@code --config FILE}, or {@code --config-inline BASE64} where the job's main runs on a
 * machine without the file, and any number of {@code --set key=value}.
 *
 * @param yaml the text of the configuration
 * @param overrides values by dotted key
 */
public record Arguments(String yaml, Map<String, String> overrides) {

    private static final String USAGE = "; the arguments are `--config FILE` (or `--config-inline BASE64`) and any"
            + " number of `--set key=value`";

    /**
     * Takes the command line apart.
     *
     * @throws InvalidConfigurationException if it cannot be read, or neither names nor holds a configuration
     */
    public static Arguments of(String[] args) {
        Problems problems = new Problems();
        Arguments read = read(args, problems);
        problems.throwIfAny();
        return read;
    }

    private static Arguments read(String[] args, Problems problems) {
        String yaml = null;
        Map<String, String> overrides = new LinkedHashMap<>();
        for (int i = 0; i < args.length; i += 2) {
            String value = i + 1 < args.length ? args[i + 1] : "";
            if (i + 1 == args.length) {
                problems.add(args[i], "has no value" + USAGE);
            } else if (args[i].equals("--set")) {
                override(value, overrides, problems);
            } else if (!args[i].equals("--config") && !args[i].equals("--config-inline")) {
                problems.add(args[i], "is unknown" + USAGE);
            } else if (yaml != null) {
                problems.add(args[i], "is a second configuration" + USAGE);
            } else {
                yaml = args[i].equals("--config") ? file(value, problems) : inline(value, problems);
            }
        }
        if (yaml == null) {
            problems.add("--config", "is missing" + USAGE);
        }
        return new Arguments(yaml == null ? "" : yaml, overrides);
    }

    private static void override(String assignment, Map<String, String> overrides, Problems problems) {
        int equals = assignment.indexOf('=');
        if (equals < 1) {
            problems.add("--set", "is followed by no `key=value`" + USAGE);
        } else {
            overrides.put(assignment.substring(0, equals), assignment.substring(equals + 1));
        }
    }

    private static String file(String name, Problems problems) {
        try {
            return Files.readString(Path.of(name));
        } catch (IOException | InvalidPathException e) {
            problems.add(
                    "--config",
                    "names the file " + name + ", which cannot be read as text ("
                            + e.getClass().getSimpleName() + ")");
            return "";
        }
    }

    private static String inline(String text, Problems problems) {
        try {
            return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            problems.add("--config-inline", "is not Base64");
            return "";
        }
    }
}
