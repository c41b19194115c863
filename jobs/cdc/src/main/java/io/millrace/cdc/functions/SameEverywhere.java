package io.millrace.cdc.functions;

import java.util.HashSet;
import java.util.Set;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.jspecify.annotations.Nullable;

/**
 * State of which every subtask has the whole, and the same. For operators in a source's own chain: a union list there
 * makes Flink refuse to stop the job with a savepoint whenever one of the source's subtasks has ended and another,
 * which waits for its output, has not.
 *
 * @param <V> of the values, by name
 */
final class SameEverywhere<V> {

    private final BroadcastState<String, V> state;

    private SameEverywhere(BroadcastState<String, V> state) {
        this.state = state;
    }

    static <V> SameEverywhere<V> open(String name, TypeInformation<V> type, FunctionInitializationContext context)
            throws Exception {
        return new SameEverywhere<>(
                context.getOperatorStateStore().getBroadcastState(new MapStateDescriptor<>(name, Types.STRING, type)));
    }

    @Nullable
    V get(String name) throws Exception {
        return state.get(name);
    }

    Set<String> names() throws Exception {
        Set<String> names = new HashSet<>();
        state.immutableEntries().forEach(entry -> names.add(entry.getKey()));
        return names;
    }

    void clear() {
        state.clear();
    }

    void put(String name, V value) throws Exception {
        state.put(name, value);
    }
}
