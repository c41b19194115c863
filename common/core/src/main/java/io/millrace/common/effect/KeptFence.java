package io.millrace.common.effect;

import io.millrace.common.replay.Fence;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;

/** The fence of an operator, in its state: a job that goes on from a savepoint may not have reached it yet. */
public final class KeptFence {

    private final ListState<String> saved;
    private final Fence fence;

    private KeptFence(ListState<String> saved, Fence fence) {
        this.saved = saved;
        this.fence = fence;
    }

    /**
     * Restores it, when the operator is made.
     *
     * @param given the fence of this start
     * @param goesOn whether a restored job keeps the one it began with, in place of this one
     */
    public static KeptFence restore(OperatorStateStore state, Fence given, boolean goesOn) throws Exception {
        ListState<String> saved = state.getUnionListState(new ListStateDescriptor<>("fence", Types.STRING));
        Fence fence = given;
        if (goesOn) {
            for (String before : saved.get()) {
                fence = Fence.parse(before);
            }
        }
        return new KeptFence(saved, fence);
    }

    public Fence fence() {
        return fence;
    }

    /** Keeps it, in the state of the first subtask. */
    public void save(int subtask) throws Exception {
        saved.update(subtask == 0 ? List.of(fence.toString()) : List.of());
    }
}
