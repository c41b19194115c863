package io.millrace.common.sink.elasticsearch;

import io.millrace.common.event.RowChange;
import io.millrace.common.failure.Outage;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The sweeps that a writer still has to do, one after the other, in steps between its other work: a large index holds
 * up neither changes nor checkpoints. A checkpoint keeps those that are not done; restored, they begin again.
 */
final class IndexSweeps {

    private final Map<String, String> aliases = new HashMap<>();
    private final Deque<RowChange> pending = new ArrayDeque<>();
    private final DocumentScroll documents;
    private final RowBulk bulk;
    private final int maxActions;
    private final Supplier<Outage> outages;
    private @Nullable IndexSweep current;

    /**
     * Makes the list.
     *
     * @param maxActions deletions in a bulk
     * @param restored sweeps that a checkpoint kept
     */
    IndexSweeps(
            List<IndexRoute> routes,
            DocumentScroll documents,
            RowBulk bulk,
            int maxActions,
            Supplier<Outage> outages,
            Collection<RowChange> restored) {
        routes.forEach(route -> aliases.put(route.table(), route.index()));
        this.documents = documents;
        this.bulk = bulk;
        this.maxActions = maxActions;
        this.outages = outages;
        restored.forEach(this::add);
    }

    /** Takes a sweep; one of a table without a route, which a restored job may have, has nothing to do. */
    void add(RowChange sweep) {
        if (aliases.containsKey(sweep.table())) {
            pending.add(sweep);
        }
    }

    List<RowChange> pending() {
        return List.copyOf(pending);
    }

    boolean isDone() {
        return pending.isEmpty();
    }

    /** Goes one step further, waiting for Elasticsearch as any write does. */
    void step() throws IOException, InterruptedException {
        RowChange sweep = pending.peek();
        if (sweep == null) {
            return;
        }
        if (current == null) {
            String alias = String.valueOf(aliases.get(sweep.table()));
            current = new IndexSweep(sweep, alias, documents, bulk, maxActions, outages);
        }
        if (!current.step()) {
            pending.remove();
            current = null;
        }
    }
}
