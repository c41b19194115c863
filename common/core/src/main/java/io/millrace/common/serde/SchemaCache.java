package io.millrace.common.serde;

import io.millrace.common.event.RowSchema;
import io.millrace.common.failure.DataException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Columns by schema. Whoever makes schemas interns them, so the first look is by identity, in a table of one entry
 * per slot and without a lock; comparing kilobytes of schema is for the first sight only. Both levels are bounded.
 */
final class SchemaCache {

    static final SchemaCache SHARED = new SchemaCache(1024, 4096);

    /** @param keyInRow the columns of the key as the row has them */
    record Parsed(Columns key, Columns row, Columns keyInRow) {}

    private record Slot(RowSchema schema, Parsed parsed) {}

    private final AtomicReferenceArray<@Nullable Slot> byIdentity;
    private final Map<RowSchema, Parsed> byEquality;

    SchemaCache(int slots, int most) {
        this.byIdentity = new AtomicReferenceArray<>(slots);
        this.byEquality = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<RowSchema, Parsed> eldest) {
                return size() > most;
            }
        };
    }

    Parsed get(RowSchema schema) throws DataException {
        int index = Math.floorMod(System.identityHashCode(schema), byIdentity.length());
        Slot slot = byIdentity.get(index);
        if (slot != null && slot.schema().equals(schema)) {
            return slot.parsed();
        }
        Parsed parsed = parsed(schema);
        byIdentity.set(index, new Slot(schema, parsed));
        return parsed;
    }

    private Parsed parsed(RowSchema schema) throws DataException {
        synchronized (byEquality) {
            Parsed known = byEquality.get(schema);
            if (known == null) {
                Columns key = SchemaReader.keyColumns(schema.key());
                Columns row = SchemaReader.rowColumns(schema.value());
                known = new Parsed(key, row, key.in(row));
                byEquality.put(schema, known);
            }
            return known;
        }
    }
}
