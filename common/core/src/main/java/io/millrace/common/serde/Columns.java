package io.millrace.common.serde;

import io.millrace.common.event.RowSchema;
import io.millrace.common.failure.DataException;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
