package io.millrace.cli.deadletter;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;

/** What is kept of a pass over the letters: a count for each kind, and the newest few. */
final class LetterDigest {
    private static final Comparator<Letter> BY_TIME =
            Comparator.comparing(Letter::time).thenComparing(Letter::partition).thenComparing(Letter::offset);

    private final int limit;
    private final PriorityQueue<Letter> newest = new PriorityQueue<>(BY_TIME);
    private final Map<Kind, Group> groups = new TreeMap<>(
            Comparator.comparing(Kind::pipeline).thenComparing(Kind::stage).thenComparing(Kind::errorClass));
    private long count;

    /** Letters that failed in the same way. */
    record Kind(String pipeline, String stage, String errorClass) {
        static Kind of(Letter letter) {
            return new Kind(
                    letter.text(LetterHeader.PIPELINE),
                    letter.text(LetterHeader.STAGE),
                    letter.text(LetterHeader.ERROR_CLASS));
        }
    }

    /** How many there are of a kind, and when. */
    record Group(long count, Instant first, Instant last) {
        Group and(Group other) {
            return new Group(
                    count + other.count,
                    first.isBefore(other.first) ? first : other.first,
                    last.isAfter(other.last) ? last : other.last);
        }
    }

    /** @param limit how many of the newest letters to keep */
    LetterDigest(int limit) {
        this.limit = limit;
    }

    void add(Letter letter) {
        count++;
        Kind kind = Kind.of(letter);
        groups.merge(kind, new Group(1, letter.time(), letter.time()), Group::and);
        newest.add(letter);
        if (newest.size() > limit) {
            newest.remove();
        }
    }

    long count() {
        return count;
    }

    Map<Kind, Group> groups() {
        return groups;
    }

    /** The newest letters, the newest last. */
    List<Letter> letters() {
        return newest.stream().sorted(BY_TIME).toList();
    }
}
