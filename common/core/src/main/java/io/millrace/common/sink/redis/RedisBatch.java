package io.millrace.common.sink.redis;

import io.millrace.common.failure.Refusal;
import java.util.ArrayList;
import java.util.List;

/**
 * The entries of one batch, by what happens to them.
 *
 * @param sent what Redis is asked, in the order of submission
 * @param held wait for the answer to a later write of their key
 * @param superseded were followed by a later write of their key, which was applied
 * @param refused make no write
 */
record RedisBatch(List<Sent> sent, List<RedisEntry> held, List<RedisEntry> superseded, List<Refusal> refused) {

    /** An entry that makes a write. */
    record Sent(RedisEntry entry, VersionedWrite write) {}

    static RedisBatch of(List<RedisEntry> entries, WriteOrder order) {
        RedisBatch batch = new RedisBatch(
                new ArrayList<>(entries.size()), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        entries.stream().sorted(WriteOrder.BY_SUBMISSION).forEach(entry -> batch.add(entry, order));
        return batch;
    }

    private void add(RedisEntry entry, WriteOrder order) {
        VersionedWrite write = entry.write();
        Refusal refusal = entry.refusal();
        if (write != null) {
            switch (order.next(entry, write)) {
                case NOW -> sent.add(new Sent(entry, write));
                case LATER -> held.add(entry);
                case NEVER -> superseded.add(entry);
            }
        } else if (refusal != null) {
            refused.add(refusal);
        }
    }

    List<VersionedWrite> writes() {
        return sent.stream().map(Sent::write).toList();
    }
}
