package io.millrace.common.source.idleness;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * For how long which splits have said nothing. Time counts while nothing is left to read; while other splits are read, only
 * if they have said more than can be waiting before what this one has to say; and it goes backwards while nothing can be
 * read, so that after an outage each split has time again to be heard.
 */
final class SilentSplits {

    /** A task that did not look for longer was blocked meanwhile. */
    private static final long LONGEST_LOOK = Duration.ofSeconds(1).toNanos();

    /** Records of a split that are read in one go: Kafka's consumer asks for a megabyte, which may be compressed. */
    static final long WAITING = 50_000;

    /** What the reader does between two looks. */
    enum Reading {
        /** Nothing is left. */
        DRAINED,
        /** Something is left, and some was read. */
        BUSY,
        /** Something is left, and nothing was read. */
        BLOCKED
    }

    private final long allowed;
    private final Map<String, Split> splits = new LinkedHashMap<>();
    private final Split whole = new Split();
    private long last = Long.MIN_VALUE;
    private long said;

    /** @param allowed how long a split may be silent, in nanoseconds */
    SilentSplits(long allowed) {
        this.allowed = allowed;
    }

    /** Returns a split, which is known from now on. */
    Split split(String id) {
        return splits.computeIfAbsent(id, unknown -> new Split());
    }

    /** Some split has said something. */
    void count() {
        said++;
    }

    void remove(String id) {
        splits.remove(id);
    }

    /** Who is not read cannot be heard. */
    void pause(Collection<String> paused, Collection<String> resumed) {
        paused.forEach(id -> split(id).pause(true, said));
        resumed.forEach(id -> split(id).pause(false, said));
    }

    /**
     * Counts the time since the last look.
     *
     * @param silent is told of each split that has just become silent
     * @param empty is called if there is no split at all, and that for as long
     */
    void look(long nanos, Reading reading, Consumer<String> silent, Runnable empty) {
        long passed = last == Long.MIN_VALUE ? 0 : Math.max(0, nanos - last);
        last = nanos;
        splits.forEach((id, split) -> {
            split.listen(passed, reading, said);
            if (split.becomesSilent(allowed, said - splits.size() * WAITING)) {
                silent.accept(id);
            }
        });
        if (!splits.isEmpty()) {
            whole.hear();
        }
        whole.listen(passed, reading, said);
        if (whole.becomesSilent(allowed, said)) {
            empty.run();
        }
    }

    /** One split. */
    static final class Split {

        private boolean isHeard;
        private boolean isPaused;
        private boolean isSilent;
        private long drained;
        private long all;
        private long since;

        /** It has said something. */
        void hear() {
            isHeard = true;
        }

        private void pause(boolean paused, long said) {
            isPaused = paused;
            begin(said);
        }

        private void begin(long said) {
            drained = 0;
            all = 0;
            since = said;
        }

        private void listen(long passed, Reading reading, long said) {
            if (isHeard) {
                isHeard = false;
                isSilent = false;
                begin(said);
            } else if (reading == Reading.BLOCKED) {
                drained = Math.max(0, drained - passed);
                all = Math.max(0, all - passed);
                since = all == 0 ? said : since;
            } else if (!isPaused) {
                long counted = Math.min(passed, LONGEST_LOOK);
                drained += reading == Reading.DRAINED ? counted : 0;
                all += counted;
            }
        }

        /** @param waited how much had been said when all that is waiting now was not yet */
        private boolean becomesSilent(long allowed, long waited) {
            boolean isNow = drained >= allowed || (all >= allowed && since <= waited);
            boolean becomes = isNow && !isSilent;
            isSilent |= becomes;
            return becomes;
        }
    }
}
