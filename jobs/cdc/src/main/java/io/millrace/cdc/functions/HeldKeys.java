package io.millrace.cdc.functions;

import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowSchema;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.api.java.typeutils.TupleTypeInfo;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.jspecify.annotations.Nullable;

/**
 * Under which keys topics hold a row. A key in Kafka is its schema as well: after another type of the column in Postgres,
 * or another default, the same row has another key there, and what lies under the old one is never replaced.
 *
 * <p>State: for each row of the current key the version of each of its keys; and each key schema, which every subtask
 * has after a restore.
 */
final class HeldKeys {

    private final MapState<Long, Long> versions;
    private final ListState<Tuple3<String, byte[], Boolean>> saved;
    private final Map<String, Schemas> tables = new HashMap<>();

    /**
     * One key of a row.
     *
     * @param schema of the key
     * @param version of the row's last change under it
     * @param isCaptured whether the database's rows have this schema now
     */
    record HeldKey(byte[] schema, long version, boolean isCaptured) {}

    private static final class Schemas {
        private final Map<Long, byte[]> all = new HashMap<>();
        private final Set<Long> captured = new HashSet<>();
        private byte @Nullable [] last;
        private long numberOfLast;

        /** Returns the beginning of its digest, by which it is known. */
        long number(byte[] schema) {
            if (!Arrays.equals(schema, last)) {
                numberOfLast = ByteBuffer.wrap(Digests.sha256(schema)).getLong();
                all.putIfAbsent(numberOfLast, schema);
                last = schema;
            }
            return numberOfLast;
        }
    }

    private HeldKeys(MapState<Long, Long> versions, ListState<Tuple3<String, byte[], Boolean>> saved) {
        this.versions = versions;
        this.saved = saved;
    }

    static HeldKeys open(StateInitializationContext context) throws Exception {
        HeldKeys keys = new HeldKeys(
                context.getKeyedStateStore()
                        .getMapState(new MapStateDescriptor<>("held-under", Types.LONG, Types.LONG)),
                context.getOperatorStateStore()
                        .getUnionListState(new ListStateDescriptor<>(
                                "key-schemas",
                                new TupleTypeInfo<Tuple3<String, byte[], Boolean>>(
                                        Types.STRING,
                                        PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO,
                                        Types.BOOLEAN))));
        for (Tuple3<String, byte[], Boolean> entry : keys.saved.get()) {
            Schemas schemas = keys.of(entry.f0);
            long number = schemas.number(entry.f1);
            if (entry.f2) {
                schemas.captured.add(number);
            }
        }
        return keys;
    }

    void save() throws Exception {
        List<Tuple3<String, byte[], Boolean>> entries = new ArrayList<>();
        tables.forEach((table, schemas) -> schemas.all.forEach(
                (number, schema) -> entries.add(Tuple3.of(table, schema, schemas.captured.contains(number)))));
        saved.update(entries);
    }

    private Schemas of(String table) {
        return tables.computeIfAbsent(table, unknown -> new Schemas());
    }

    /** Notes how the database's rows are keyed. */
    void capture(RowChange change) {
        RowSchema schema = change.schema();
        if (schema != null && schema.key().length > 0) {
            Schemas schemas = of(change.table());
            schemas.captured.add(schemas.number(schema.key()));
        }
    }

    /** Notes a record of a topic, which is of the current row. */
    void hold(RowChange held) throws Exception {
        RowSchema schema = held.schema();
        if (schema == null || schema.key().length == 0) {
            return;
        }
        long number = of(held.table()).number(schema.key());
        if (held.isDelete()) {
            versions.remove(number);
        } else {
            versions.put(number, held.version());
        }
    }

    /** Returns the keys of the current row, and forgets them; none if nobody has noted any. */
    List<HeldKey> take(String table) throws Exception {
        List<HeldKey> keys = new ArrayList<>();
        Schemas schemas = of(table);
        for (Map.Entry<Long, Long> entry : versions.entries()) {
            long number = entry.getKey();
            byte[] schema = Objects.requireNonNull(schemas.all.get(number));
            keys.add(new HeldKey(schema, entry.getValue(), schemas.captured.contains(number)));
        }
        versions.clear();
        return keys;
    }
}
