package io.millrace.audit.watch;

import io.millrace.archive.verify.SealedEnd;
import java.util.List;
import java.util.Map;

/**
 * What a look at the archive came to.
 *
 * @param isMade whether the archive could be read
 * @param ends where each partition ends; empty if nobody knows
 */
record Look(Pass pass, boolean isMade, Map<Integer, SealedEnd> ends, List<Wrong> wrong) {

    static Look made(Pass pass, Map<Integer, SealedEnd> ends, List<Wrong> wrong) {
        return new Look(pass, true, ends, wrong);
    }

    static Look failed(Pass pass, Wrong why) {
        return new Look(pass, false, Map.of(), List.of(why));
    }

    /** Says whether a partition is proven through its end: all was read that was not before, and nothing is wrong. */
    boolean proves(int partition) {
        return (pass.from() == null || pass.ends().containsKey(partition))
                && wrong.stream().noneMatch(found -> found.partition() == partition);
    }

    /** Says whether something would have been seen if it still was wrong. */
    boolean wouldShow(Place place) {
        if (place.kind().equals(Wrong.UNVERIFIED)) {
            return true;
        }
        return isMade && (pass.isAnew() || !Wrong.isOfFiles(place.kind()));
    }
}
