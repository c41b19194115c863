package io.millrace.common.sink.redis;

import io.lettuce.core.cluster.SlotHash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes that one call of the script does, so few that Redis is soon free for others. */
final class ScriptCall {

    private static final int MAX_WRITES = 64;
    private static final int MAX_BYTES = 256 << 10;

    private final List<VersionedWrite> writes = new ArrayList<>();
    private final List<Integer> places = new ArrayList<>();
    private long bytes;

    /**
     * Distributes writes over calls.
     *
     * @param cluster whether the keys of a call must have one slot
     * @return calls that keep the writes of one key in their order
     */
    static List<ScriptCall> of(List<VersionedWrite> writes, boolean cluster) {
        List<ScriptCall> calls = new ArrayList<>();
        Map<Integer, ScriptCall> open = new HashMap<>();
        for (int place = 0; place < writes.size(); place++) {
            VersionedWrite write = writes.get(place);
            int slot = cluster ? SlotHash.getSlot(write.keyBytes()) : 0;
            ScriptCall call = open.get(slot);
            if (call == null || call.isFull(write)) {
                call = new ScriptCall();
                open.put(slot, call);
                calls.add(call);
            }
            call.add(write, place);
        }
        return calls;
    }

    private boolean isFull(VersionedWrite next) {
        return writes.size() == MAX_WRITES || bytes + size(next) > MAX_BYTES;
    }

    private void add(VersionedWrite write, int place) {
        writes.add(write);
        places.add(place);
        bytes += size(write);
    }

    private static int size(VersionedWrite write) {
        byte[] value = write.value();
        return value == null ? 0 : value.length;
    }

    List<VersionedWrite> writes() {
        return writes;
    }

    /** Puts the answers to this call where those to all writes are. */
    void place(List<Answer> answered, Answer[] answers) {
        for (int i = 0; i < places.size(); i++) {
            answers[places.get(i)] = answered.get(i);
        }
    }
}
