package io.millrace.common.sink.jdbc;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the rows of a table go.
 *
 * @param table schema and name in the source, as {@code public.users}
 * @param name of the table that is written; the view of current rows has it with {@link #VIEW_SUFFIX}
 * @param types of Postgres' by column, in place of those that the columns' own give
 */
public record PostgresRoute(String table, String name, Map<String, String> types) implements Serializable {

    private static final long serialVersionUID = 1L;

    /** What the name of a view ends with. */
    public static final String VIEW_SUFFIX = "_current";

    static final String VERSION = "_version";
    static final String DELETED_AT = "_deleted_at";

    /** The columns that each table has besides the source's. */
    public static final List<String> OWN_COLUMNS = List.of(VERSION, DELETED_AT);

    /** Bytes of a longer name are cut off by Postgres. */
    private static final int LONGEST_NAME = 63;

    public PostgresRoute {
        types = Map.copyOf(types);
    }

    /** Returns what is wrong with a table's name, continuing "it"; null if nothing is. */
    public static @Nullable String problemOf(String name) {
        return isName(name) && isName(name + VIEW_SUFFIX)
                ? null
                : "must have " + (LONGEST_NAME - VIEW_SUFFIX.length())
                        + " bytes at most, and no control character, because Postgres cuts off what is longer";
    }

    /** Tells whether Postgres takes a name as it is. */
    static boolean isName(String name) {
        return !name.isEmpty()
                && name.getBytes(StandardCharsets.UTF_8).length <= LONGEST_NAME
                && name.chars().noneMatch(Character::isISOControl);
    }

    String view() {
        return name + VIEW_SUFFIX;
    }
}
