package io.millrace.common.serde;

import io.millrace.common.event.RowSchema;
import io.millrace.common.failure.DataException;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a table's rows, or of its key, in their order. Read once per {@link RowSchema} and kept: asking
 * again for the same schema costs an identity comparison.
 */
public final class Columns {

    /** Says nothing about any column: values pass as they are. */
    public static final Columns UNKNOWN = new Columns(List.of());

    private final Map<String, Column> byName;
    private final PlainColumns plain;

    Columns(List<Column> columns) {
        Map<String, Column> map = new LinkedHashMap<>();
        columns.forEach(column -> map.put(column.name(), column));
        this.byName = Collections.unmodifiableMap(map);
        this.plain = new PlainColumns(map.values());
    }

    /**
     * Returns the columns of a row.
     *
     * @param schema null if unknown, which gives {@link #UNKNOWN}
     * @throws DataException if the schema is not one
     */
    public static Columns ofRow(@Nullable RowSchema schema) throws DataException {
        return schema == null ? UNKNOWN : SchemaCache.SHARED.get(schema).row();
    }

    /**
     * Returns the columns of a key.
     *
     * @param schema null if unknown, which gives {@link #UNKNOWN}
     * @throws DataException if the schema is not one
     */
    public static Columns ofKey(@Nullable RowSchema schema) throws DataException {
        return schema == null ? UNKNOWN : SchemaCache.SHARED.get(schema).key();
    }

    /**
     * Returns the columns of a key as the row has them. A key's schema tells no type of the source's: a
     * {@code numeric} is a text by it, and a {@code bit} bytes. Of a column that the row does not have, as where a
     * tombstone came without a row, nothing more is known than by {@link #ofKey}.
     *
     * @param schema null if unknown, which gives {@link #UNKNOWN}
     * @throws DataException if the schema is not one
     */
    public static Columns ofKeyInRow(@Nullable RowSchema schema) throws DataException {
        return schema == null ? UNKNOWN : SchemaCache.SHARED.get(schema).keyInRow();
    }

    /** Takes each column from a row that has one of the same form. */
    Columns in(Columns row) {
        return new Columns(all().stream()
                .map(column -> {
                    Column described = row.get(column.name());
                    return described != null && isOfOneForm(column, described) ? described : column;
                })
                .toList());
    }

    private static boolean isOfOneForm(Column one, Column other) {
        return one.type().equals(other.type()) && Objects.equals(one.semantic(), other.semantic());
    }

    /** Returns the column of this name, or null if the schema does not name it. */
    public @Nullable Column get(String name) {
        return byName.get(name);
    }

    /** Returns all columns, in the order of the schema. */
    public Collection<Column> all() {
        return byName.values();
    }

    /** Returns them as plain rows have them. */
    public PlainColumns plain() {
        return plain;
    }
}
