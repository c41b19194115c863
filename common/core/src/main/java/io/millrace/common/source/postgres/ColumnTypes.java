package io.millrace.common.source.postgres;

import io.millrace.common.event.ColumnForms;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The types that columns had when a change was made, held against those that they have now.
 *
 * @param names as a row's JSON has them
 * @param then null if nobody has told
 */
record ColumnTypes(List<String> names, @Nullable ColumnForms then) {

    /** Numbers in {@code pg_type} of types whose values read alike: text, char(n) and varchar(n), json and jsonb. */
    private static final List<Set<Integer>> ALIKE = List.of(Set.of(25, 1042, 1043), Set.of(114, 3802));

    /**
     * Returns if a value of now can stand in a row of then.
     *
     * @param now the number of the column's type in {@code pg_type}
     * @throws IllegalArgumentException if it has another type
     */
    void requireStill(String column, long now) {
        ColumnForms.Form form = then == null ? null : then.of(column);
        if (form != null && !alike(form.type(), (int) now)) {
            throw new IllegalArgumentException("its type was number " + Integer.toUnsignedString(form.type())
                    + " in pg_type and is number " + now);
        }
    }

    private static boolean alike(int one, int other) {
        return one == other || ALIKE.stream().anyMatch(types -> types.contains(one) && types.contains(other));
    }
}
