package io.millrace.analytics.search;

import io.millrace.analytics.event.Stamp;
import io.millrace.analytics.model.StateForm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The searches and clicks that belong together and are recent. A click follows from the last search before it, if that was
 * not too long ago; so what a search has come to may change with one that is read later. Mutable.
 */
final class Trail {

    private static final int FORM = 1;

    private static final Comparator<Stamp> ORDER = Comparator.comparingLong(Stamp::timestamp)
            .thenComparingInt(Stamp::partition)
            .thenComparingLong(Stamp::offset);

    /** Whether each was clicked through, by what is known. */
    private final TreeMap<Stamp, Search> searches = new TreeMap<>(ORDER);

    private final TreeSet<Stamp> clicks = new TreeSet<>(ORDER);

    /** A search. */
    record Search(String term, long user, boolean clicked) {}

    /** A search, and what is now known of it. */
    record Change(Stamp stamp, Search search) {}

    /** Tells whether an event is one of them already, by its name or its place. */
    boolean knows(Stamp stamp) {
        return holds(searches.keySet(), stamp) || holds(clicks, stamp);
    }

    private static boolean holds(Iterable<Stamp> stamps, Stamp stamp) {
        for (Stamp known : stamps) {
            boolean isNamed = stamp.id() != null && Objects.equals(stamp.id(), known.id());
            if (isNamed || ORDER.compare(known, stamp) == 0) {
                return true;
            }
        }
        return false;
    }

    void addSearch(Stamp stamp, String term, long user) {
        searches.put(stamp, new Search(term, user, false));
    }

    void addClick(Stamp stamp) {
        clicks.add(stamp);
    }

    boolean isEmpty() {
        return searches.isEmpty() && clicks.isEmpty();
    }

    /** Returns the searches of which something else is known now, and takes note of it. */
    List<Change> follow(long within) {
        Set<Stamp> clicked = new HashSet<>();
        for (Stamp click : clicks) {
            Stamp search = searches.floorKey(new Stamp(Integer.MAX_VALUE, 0, click.timestamp(), null));
            if (search != null && click.timestamp() - search.timestamp() <= within) {
                clicked.add(search);
            }
        }
        List<Change> changes = new ArrayList<>();
        searches.replaceAll((stamp, search) -> {
            boolean isClicked = clicked.contains(stamp);
            if (isClicked == search.clicked()) {
                return search;
            }
            Search other = new Search(search.term(), search.user(), isClicked);
            changes.add(new Change(stamp, other));
            return other;
        });
        return changes;
    }

    /** A click goes no sooner than its search, or what follows would say that there was none. */
    void forget(long before) {
        searches.keySet().removeIf(stamp -> stamp.timestamp() < before);
        clicks.removeIf(stamp -> stamp.timestamp() < before);
    }

    Trail copy() {
        Trail copy = new Trail();
        copy.searches.putAll(searches);
        copy.clicks.addAll(clicks);
        return copy;
    }

    void writeTo(DataOutputView out) throws IOException {
        StateForm.write(FORM, out);
        out.writeInt(searches.size());
        for (Map.Entry<Stamp, Search> search : searches.entrySet()) {
            search.getKey().writeTo(out);
            out.writeUTF(search.getValue().term());
            out.writeLong(search.getValue().user());
            out.writeBoolean(search.getValue().clicked());
        }
        out.writeInt(clicks.size());
        for (Stamp click : clicks) {
            click.writeTo(out);
        }
    }

    static Trail readFrom(DataInputView in) throws IOException {
        StateForm.read(FORM, in);
        Trail trail = new Trail();
        for (int left = in.readInt(); left > 0; left--) {
            trail.searches.put(Stamp.readFrom(in), new Search(in.readUTF(), in.readLong(), in.readBoolean()));
        }
        for (int left = in.readInt(); left > 0; left--) {
            trail.clicks.add(Stamp.readFrom(in));
        }
        return trail;
    }
}
