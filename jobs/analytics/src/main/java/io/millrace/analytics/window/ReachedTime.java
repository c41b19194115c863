package io.millrace.analytics.window;

import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.TimerService;
import org.jspecify.annotations.Nullable;

/**
 * How far event time has come, also before a restart: a job that is restored knows no watermark at first, and would take
 * for new what is late. Barriers are aligned with watermarks, so that all subtasks had reached the same one.
 */
public final class ReachedTime {

    private final ListState<Long> saved;
    private final long restored;
    private @Nullable TimerService timers;

    private ReachedTime(ListState<Long> saved, long restored) {
        this.saved = saved;
        this.restored = restored;
    }

    /** Restores it, when the operator is made. */
    public static ReachedTime restore(OperatorStateStore state) throws Exception {
        ListState<Long> saved = state.getUnionListState(new ListStateDescriptor<>("watermark", Types.LONG));
        long restored = Long.MIN_VALUE;
        for (long watermark : saved.get()) {
            restored = Math.max(restored, watermark);
        }
        return new ReachedTime(saved, restored);
    }

    /** Returns the watermark, or the one before the restart while that is higher. */
    public long by(TimerService service) {
        timers = service;
        return Math.max(restored, service.currentWatermark());
    }

    /** Keeps it. A drained job has no time: it has told every window, and can go on with none of them. */
    public void save() throws Exception {
        long reached = timers == null ? restored : by(timers);
        saved.update(reached == Long.MIN_VALUE || reached == Long.MAX_VALUE ? List.of() : List.of(reached));
    }
}
