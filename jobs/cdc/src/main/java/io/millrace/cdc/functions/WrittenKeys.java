package io.millrace.cdc.functions;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.typeutils.TupleTypeInfo;
import org.apache.flink.runtime.state.FunctionInitializationContext;

/**
 * The schema by which the keys of each topic are written. A row goes to another subtask only by a restore, which gives
 * each subtask what all have seen: no row is ever written by two.
 */
final class WrittenKeys {

    private final Map<String, byte[]> topics = new HashMap<>();
    private final ListState<Tuple2<String, byte[]>> saved;

    private WrittenKeys(ListState<Tuple2<String, byte[]>> saved) {
        this.saved = saved;
    }

    /**
     * Restores what is known.
     *
     * @throws KeySchemaException if subtasks have seen different schemas of a topic's keys
     */
    static WrittenKeys open(FunctionInitializationContext context) throws Exception {
        WrittenKeys keys = new WrittenKeys(context.getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>(
                        "key-schemas",
                        new TupleTypeInfo<Tuple2<String, byte[]>>(
                                Types.STRING, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO))));
        for (Tuple2<String, byte[]> entry : keys.saved.get()) {
            keys.require(entry.f0, entry.f1);
        }
        return keys;
    }

    /**
     * Takes the first schema of a topic's keys, and no other.
     *
     * @throws KeySchemaException if it is another one
     */
    void require(String topic, byte[] schema) {
        byte[] known = topics.putIfAbsent(topic, schema);
        if (known != null && !Arrays.equals(known, schema)) {
            throw new KeySchemaException(topic, known, schema);
        }
    }

    void save() throws Exception {
        List<Tuple2<String, byte[]>> entries = new ArrayList<>();
        topics.forEach((topic, schema) -> entries.add(Tuple2.of(topic, schema)));
        saved.update(entries);
    }
}
