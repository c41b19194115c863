package io.millrace.common.sink.redis;

import io.millrace.common.failure.DataException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a Redis key is made from a row's key, as {@code user:{id}}: text, and columns of the key in braces. Different
 * values of these columns give different keys, whatever they hold; see {@link KeyText}.
 */
public final class KeyTemplate implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Far beyond any key that a person made, and small enough to be kept in memory by the thousand. */
    static final int MOST_KEY_BYTES = 16 * 1024;

    private final String template;
    private final List<String> texts;
    private final List<String> columns;

    private KeyTemplate(String template, List<String> texts, List<String> columns) {
        this.template = template;
        this.texts = List.copyOf(texts);
        this.columns = List.copyOf(columns);
    }

    /**
     * Reads a template.
     *
     * @throws IllegalArgumentException if {@link #problemsOf} finds any
     */
    public static KeyTemplate parse(String template) {
        List<String> problems = problemsOf(template);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("the key template \"" + template + "\" " + String.join("; ", problems));
        }
        KeyTemplateParser parser = new KeyTemplateParser(template);
        return new KeyTemplate(template, parser.texts(), parser.columns());
    }

    /** Returns everything that is wrong with a template, each as the end of a sentence that begins with it. */
    public static List<String> problemsOf(String template) {
        return new KeyTemplateParser(template).problems();
    }

    /** Returns the columns it names. */
    public Set<String> columns() {
        return new LinkedHashSet<>(columns);
    }

    /** Whether some row of this template and some row of the other one could have the same key. */
    boolean overlaps(KeyTemplate other) {
        return KeySegment.overlap(KeySegment.of(texts), KeySegment.of(other.texts));
    }

    /** Returns a pattern of Redis that matches each key of this template, and perhaps others. */
    String pattern() {
        return String.join("*", texts.stream().map(KeyText::literal).toList());
    }

    /** Whether this is exactly the key that some row would have. */
    boolean canMake(String key) {
        return KeySegment.make(KeySegment.of(texts), key);
    }

    /**
     * Makes the key of a row.
     *
     * @param key the columns of the row's key, as texts
     * @throws DataException if a column is not there or null, or the key would be too long
     */
    public String render(Map<String, @Nullable String> key) throws DataException {
        StringBuilder rendered = new StringBuilder(texts.get(0));
        for (int i = 0; i < columns.size(); i++) {
            KeyText.append(rendered, valueOf(columns.get(i), key));
            rendered.append(texts.get(i + 1));
        }
        String text = rendered.toString();
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        if (length > MOST_KEY_BYTES) {
            throw new DataException(
                    "the Redis key would have " + length + " bytes; at most " + MOST_KEY_BYTES + " are written");
        }
        return text;
    }

    private static String valueOf(String column, Map<String, @Nullable String> key) throws DataException {
        String value = key.get(column);
        if (value == null) {
            throw new DataException("key column \"" + column + "\" is " + (key.containsKey(column) ? "null" : "missing")
                    + "; a Redis key needs it");
        }
        return value;
    }

    /** Returns why rows with this key cannot use the template, or null if they can. */
    @Nullable
    String problemWith(Set<String> keyColumns, RedisMode mode) {
        List<String> unknown = new ArrayList<>(columns());
        unknown.removeAll(keyColumns);
        if (!unknown.isEmpty()) {
            return "names " + unknown + ", but the table's key is " + keyColumns
                    + "; name key columns only, because a delete tells no others";
        }
        List<String> unused = new ArrayList<>(keyColumns);
        unused.removeAll(columns);
        if (mode == RedisMode.WRITE && !unused.isEmpty()) {
            return "leaves out " + unused + " of the table's key " + keyColumns
                    + "; name every key column, because two rows would overwrite each other";
        }
        return null;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyTemplate that && that.template.equals(template);
    }

    @Override
    public int hashCode() {
        return template.hashCode();
    }

    /** Returns the template as it was configured. */
    @Override
    public String toString() {
        return template;
    }
}
