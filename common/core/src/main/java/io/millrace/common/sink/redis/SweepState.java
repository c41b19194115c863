package io.millrace.common.sink.redis;

import io.millrace.common.event.RowChange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.connector.base.sink.writer.RequestEntryWrapper;

/** The sweeps in a checkpoint, which lie there beside the writes that wait. */
final class SweepState {

    private SweepState() {}

    /** Returns the sweeps. */
    static List<RowChange> in(Collection<BufferedRequestState<RedisEntry>> states) {
        return states.stream()
                .flatMap(state -> state.getBufferedRequestEntries().stream())
                .map(wrapper -> wrapper.getRequestEntry().change())
                .filter(RowChange::isSweep)
                .toList();
    }

    /** Returns the writes. */
    static List<BufferedRequestState<RedisEntry>> without(Collection<BufferedRequestState<RedisEntry>> states) {
        return states.stream()
                .map(state -> new BufferedRequestState<>(state.getBufferedRequestEntries().stream()
                        .filter(wrapper -> !wrapper.getRequestEntry().change().isSweep())
                        .toList()))
                .toList();
    }

    /** Returns both. */
    static List<BufferedRequestState<RedisEntry>> with(
            List<RowChange> sweeps, List<BufferedRequestState<RedisEntry>> writes) {
        if (sweeps.isEmpty()) {
            return writes;
        }
        List<BufferedRequestState<RedisEntry>> all = new ArrayList<>(writes);
        all.add(new BufferedRequestState<>(sweeps.stream()
                .map(RedisEntry::sweep)
                .map(entry -> new RequestEntryWrapper<>(entry, entry.size()))
                .toList()));
        return all;
    }
}
