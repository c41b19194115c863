package io.millrace.audit.watch;

import java.util.Comparator;

/**
 * Where something is wrong, and of which kind it is: what is wrong there is told once.
 *
 * @param where name of a file in the archive, or the archive's address; of longer ones the beginning
 */
record Place(String kind, String where) implements Comparable<Place> {

    private static final int LONGEST = 300;
    private static final Comparator<Place> ORDER =
            Comparator.comparing(Place::where).thenComparing(Place::kind);

    Place {
        where = where.substring(0, Math.min(where.length(), LONGEST));
    }

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }
}
