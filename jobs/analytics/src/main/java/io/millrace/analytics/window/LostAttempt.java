package io.millrace.analytics.window;

import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.streaming.api.TimerService;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt may have written that went on from the same checkpoint and failed. Nothing of it is in the state; but it
 * had come no further than Kafka's time, which is about that of this restart: by the clock here, or by the one at the
 * checkpoint if that was ahead, with a margin for clocks that differ and for how long the attempt lasted.
 */
public final class LostAttempt {

    static final Duration MARGIN = Duration.ofHours(1);

    private static final long UNKNOWN = Long.MAX_VALUE;
    private static final long NEVER = Long.MIN_VALUE;

    private final ListState<Long> saved;
    private final long before;
    private long until;
    private @Nullable TimerService timers;

    private LostAttempt(ListState<Long> saved, long before, long until) {
        this.saved = saved;
        this.before = before;
        this.until = until;
    }

    /** Returns what there may have been, when the operator is made. */
    public static LostAttempt restore(FunctionInitializationContext context) throws Exception {
        ListState<Long> saved =
                context.getOperatorStateStore().getUnionListState(new ListStateDescriptor<>("clock", Types.LONG));
        long before = NEVER;
        for (long clock : saved.get()) {
            before = Math.max(before, clock);
        }
        return new LostAttempt(saved, before, context.isRestored() ? UNKNOWN : NEVER);
    }

    /** Looks at the clock from now on. */
    public void by(TimerService service) {
        timers = service;
        if (until == UNKNOWN) {
            until = Math.max(before, service.currentProcessingTime()) + MARGIN.toMillis();
        }
    }

    /**
     * Tells whether it may have written what is written once a time is reached.
     *
     * @param time in epoch milliseconds
     */
    public boolean mayHaveReached(long time) {
        return time <= until;
    }

    /** Keeps what the clock says. */
    public void save() throws Exception {
        long clock = timers == null ? before : Math.max(before, timers.currentProcessingTime());
        saved.update(clock == NEVER ? List.of() : List.of(clock));
    }
}
