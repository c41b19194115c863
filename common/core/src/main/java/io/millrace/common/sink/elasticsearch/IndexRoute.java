package io.millrace.common.sink.elasticsearch;

import java.io.Serializable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the rows of a table go.
 *
 * @param table schema and name, as {@code public.users}
 * @param index the alias that is written and searched; the index behind it is {@code <alias>-000001}
 * @param mapping a JSON object of field mappings, as under {@code properties}, that take the place of what the
 *     columns' types would give; null for none
 */
public record IndexRoute(
        String table, String index, @Nullable String mapping) implements Serializable {

    /** Fields that Elasticsearch refuses in a document. */
    public static final List<String> OWN_FIELDS =
            List.of("_field_names", "_id", "_ignored", "_index", "_routing", "_seq_no", "_source", "_type", "_version");

    private static final long serialVersionUID = 1L;

    /** Elasticsearch allows 255 bytes, of which the index behind the alias takes seven for its number. */
    private static final int MOST_LENGTH = 248;

    private static final String FORBIDDEN = "\\/*?\"<>| ,#:";

    public IndexRoute {
        String problem = problemOf(index);
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
    }

    /** Returns what Elasticsearch would hold against the name of an index, or null if nothing. */
    public static @Nullable String problemOf(String index) {
        String named = "the index \"" + index + "\" ";
        if (index.isEmpty() || index.length() > MOST_LENGTH) {
            return named + "has " + index.length() + " characters; 1 to " + MOST_LENGTH + " are allowed";
        }
        if (!index.equals(index.toLowerCase(Locale.ROOT))) {
            return named + "has capital letters; Elasticsearch allows none";
        }
        if ("-_+.".indexOf(index.charAt(0)) >= 0) {
            return named + "begins with one of - _ + .; Elasticsearch keeps these for itself";
        }
        if (!index.chars().allMatch(c -> c > ' ' && c <= '~' && FORBIDDEN.indexOf(c) < 0)) {
            return named + "has a character other than a-z, 0-9 and - _ + . ! $ % & ' ( ) ; = @ [ ] ^ ` { } ~";
        }
        return null;
    }

    /** Returns the fields that {@link #mapping} gives a mapping of their own. */
    public Set<String> mappedFields() {
        Set<String> fields = new LinkedHashSet<>();
        IndexBodies.properties(this).fieldNames().forEachRemaining(fields::add);
        return fields;
    }

    /** Returns the name of the index behind the alias when it is first made. */
    String firstIndex() {
        return index + "-000001";
    }
}
