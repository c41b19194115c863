package io.millrace.common.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts {@code ${env:NAME}} and {@code ${file:PATH}} in place of what they name. A file's final line break is not part
 * of its value. A dollar before a placeholder keeps it as it is.
 */
public final class Placeholders {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$?\\$\\{([^:}]*):?([^}]*)}");
    private static final long LARGEST_FILE = 64 * 1024;

    private final Map<String, String> environment;

    public Placeholders(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Those of this process. */
    public static Placeholders ofThisProcess() {
        return new Placeholders(System.getenv());
    }

    /** Tells whether resolving the text would reach outside it: such a value is never shown. */
    public static boolean isIn(String text) {
        return text.contains("${");
    }

    /** Returns the text with every placeholder replaced; null, and a problem, if one has no value. */
    public @Nullable String resolve(String path, String text, Problems problems) {
        Matcher matcher = PLACEHOLDER.matcher(text);
        StringBuilder resolved = new StringBuilder();
        boolean complete = true;
        while (matcher.find()) {
            String value = matcher.group().startsWith("$$")
                    ? matcher.group().substring(1)
                    : valueOf(path, matcher.group(1), matcher.group(2), problems);
            complete &= value != null;
            matcher.appendReplacement(resolved, Matcher.quoteReplacement(value == null ? "" : value));
        }
        matcher.appendTail(resolved);
        return complete ? resolved.toString() : null;
    }

    private @Nullable String valueOf(String path, String scheme, String name, Problems problems) {
        return switch (scheme) {
            case "env" -> variable(path, name, problems);
            case "file" -> file(path, name, problems);
            default -> {
                problems.add(
                        path,
                        "has a placeholder ${" + scheme + ":…}; it must be ${env:NAME} or ${file:PATH}, or $${ for"
                                + " the characters themselves");
                yield null;
            }
        };
    }

    private @Nullable String variable(String path, String name, Problems problems) {
        String value = environment.get(name);
        if (value == null) {
            problems.add(
                    path,
                    "names the environment variable " + name + ", which is not set; set it where the job"
                            + " is submitted");
        }
        return value;
    }

    private static @Nullable String file(String path, String name, Problems problems) {
        try {
            Path file = Path.of(name);
            if (Files.isRegularFile(file) && Files.size(file) <= LARGEST_FILE) {
                return Files.readString(file).stripTrailing();
            }
            problems.add(
                    path,
                    "names the file " + name + ", which "
                            + (Files.exists(file)
                                    ? "is no file of at most " + LARGEST_FILE + " bytes"
                                    : "does not exist")
                            + "; it is read where the job is submitted");
        } catch (IOException | InvalidPathException e) {
            problems.add(
                    path,
                    "names the file " + name + ", which cannot be read as text ("
                            + e.getClass().getSimpleName() + "); it is read where the job is submitted");
        }
        return null;
    }
}
