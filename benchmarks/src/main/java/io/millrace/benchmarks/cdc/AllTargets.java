package io.millrace.benchmarks.cdc;

import io.millrace.benchmarks.workload.Checksum;
import java.util.Arrays;
import java.util.List;

/** Several targets that get the same rows: as far as the slowest one. */
record AllTargets(List<Target> targets) implements Target {

    /** Returns every target of a sync, for runs of ours or of somebody else. */
    static AllTargets of(Arena arena, boolean ours) {
        return new AllTargets(Arrays.stream(SyncTarget.values())
                .map(each -> each.target(arena.addresses(), ours))
                .toList());
    }

    @Override
    public void clear() throws Exception {
        for (Target target : targets) {
            target.clear();
        }
    }

    @Override
    public long count() throws Exception {
        long least = Long.MAX_VALUE;
        for (Target target : targets) {
            least = Math.min(least, target.count());
        }
        return least;
    }

    /** Returns that of all targets; if they differ, one that no rows have. */
    @Override
    public Checksum checksum() throws Exception {
        Checksum first = targets.get(0).checksum();
        for (Target target : targets.subList(1, targets.size())) {
            Checksum other = target.checksum();
            if (!other.equals(first)) {
                return new Checksum(Math.min(first.rows(), other.rows()), first.sum() ^ other.sum());
            }
        }
        return first;
    }

    @Override
    public void close() {
        targets.forEach(Target::close);
    }
}
