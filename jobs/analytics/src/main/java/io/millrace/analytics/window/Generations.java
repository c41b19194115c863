package io.millrace.analytics.window;

import io.millrace.common.replay.LowerGenerationException;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;

/** Keeps the generation of a result's versions, so that a job with a lower one does not go on. */
public final class Generations {

    private Generations() {}

    /**
     * Notes the generation.
     *
     * @throws LowerGenerationException if a savepoint's is higher: every target would refuse what is written
     */
    public static void require(int generation, OperatorStateStore state) throws Exception {
        ListState<Integer> generations = state.getUnionListState(new ListStateDescriptor<>("generation", Types.INT));
        for (int before : generations.get()) {
            if (before > generation) {
                throw new LowerGenerationException(generation, before);
            }
        }
        generations.update(List.of(generation));
    }
}
