package io.millrace.audit.watch;

import io.millrace.archive.verify.SealedEnd;
import io.millrace.audit.watch.Watched.Sighting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What follows from a look.
 *
 * @param watched what is known from now on
 * @param news what is to be told: it was not before, or was gone in between
 */
record Verdict(Watched watched, List<Wrong> news) {

    static Verdict of(Watched before, Look look, Duration sureAfter) {
        SortedMap<Place, Sighting> wrong = new TreeMap<>(before.wrong());
        wrong.keySet().removeIf(look::wouldShow);
        List<Wrong> news = new ArrayList<>();
        for (Wrong found : look.wrong()) {
            boolean isNew = !wrong.containsKey(found.place());
            if (isNew && wrong.size() < Watched.MOST) {
                Sighting seen = before.wrong()
                        .getOrDefault(found.place(), new Sighting(look.pass().begun(), false));
                boolean isSure = found.isCertain() || look.pass().begun() - seen.since() >= sureAfter.toMillis();
                if (isSure && !seen.told()) {
                    news.add(found);
                }
                wrong.put(found.place(), new Sighting(seen.since(), seen.told() || isSure));
            }
        }
        long wholeAt = look.isMade() && look.pass().isAnew() ? look.pass().begun() : before.wholeAt();
        return new Verdict(new Watched(wholeAt, ends(before, look), wrong), news);
    }

    private static SortedMap<Integer, SealedEnd> ends(Watched before, Look look) {
        SortedMap<Integer, SealedEnd> ends = new TreeMap<>(before.ends());
        look.ends().forEach((partition, end) -> {
            if (look.proves(partition)) {
                ends.put(partition, end);
            }
        });
        return ends;
    }
}
