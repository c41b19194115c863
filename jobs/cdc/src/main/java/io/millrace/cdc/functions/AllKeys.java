package io.millrace.cdc.functions;

import java.util.Iterator;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.StateDescriptor;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.util.function.ThrowingConsumer;

/**
 * The keys for which a state has a value. Flink's own way to them makes a list of all first, which a state in RocksDB
 * may be too large for.
 *
 * @param <K> the key
 */
final class AllKeys<K> {

    /** By name: its class belongs to the cluster. */
    private static final String ROCKS_DB = "RocksDBKeyedStateBackend";

    private final KeyedStateBackend<K> backend;
    private final String state;

    private AllKeys(KeyedStateBackend<K> backend, String state) {
        this.backend = backend;
        this.state = state;
    }

    static <K> AllKeys<K> of(KeyedStateBackend<K> backend, StateDescriptor<?, ?> state) {
        return new AllKeys<>(backend, state.getName());
    }

    /** Does something under each key, which may change or clear its value. */
    <E extends Exception> void forEach(ThrowingConsumer<K, E> action) throws E {
        try (Stream<K> keys = keys()) {
            for (Iterator<K> each = keys.iterator(); each.hasNext(); ) {
                K key = each.next();
                backend.setCurrentKey(key);
                action.accept(key);
            }
        }
    }

    /** RocksDB shows the keys as of now, whatever is written meanwhile; a heap does not, but holds them anyway. */
    private Stream<K> keys() {
        Stream<K> keys = backend.getKeys(state, VoidNamespace.INSTANCE);
        if (backend.getClass().getSimpleName().equals(ROCKS_DB)) {
            return keys;
        }
        try (keys) {
            return keys.toList().stream();
        }
    }
}
