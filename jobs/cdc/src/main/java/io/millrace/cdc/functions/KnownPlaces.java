package io.millrace.cdc.functions;

import io.millrace.cdc.model.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.FunctionInitializationContext;

/**
 * Which tables a job has met, and to which places it has written them: what tells a table that is new, and comes whole,
 * from a place that is new to a table whose rows have passed already.
 */
final class KnownPlaces {

    /** The table was met, and is written nowhere now. */
    private static final String NOWHERE = "";

    private final Map<String, Set<Place>> places;
    private final Set<String> unrouted = new HashSet<>();
    private final ListState<Tuple2<String, String>> saved;

    private KnownPlaces(Map<String, Set<Place>> places, ListState<Tuple2<String, String>> saved) {
        this.places = places;
        this.saved = saved;
    }

    /**
     * Restores what is known.
     *
     * @param places by schema and name of a table, as configured
     * @throws NewPlaceException if a known table is to go to a place that it has not gone to
     */
    static KnownPlaces open(Map<String, Set<Place>> places, FunctionInitializationContext context) throws Exception {
        ListState<Tuple2<String, String>> saved = context.getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>("places", Types.TUPLE(Types.STRING, Types.STRING)));
        KnownPlaces known = new KnownPlaces(places, saved);
        Map<String, Set<String>> before = new HashMap<>();
        for (Tuple2<String, String> entry : saved.get()) {
            before.computeIfAbsent(entry.f0, table -> new HashSet<>()).add(entry.f1);
        }
        known.requireKnown(before);
        return known;
    }

    private void requireKnown(Map<String, Set<String>> before) {
        Set<String> unknown = new TreeSet<>();
        before.forEach((table, known) -> {
            Set<Place> wanted = places.getOrDefault(table, Set.of());
            wanted.stream()
                    .filter(place -> !isKnown(place, known))
                    .forEach(place -> unknown.add(table + " to " + place));
            if (wanted.isEmpty()) {
                unrouted.add(table);
            }
        });
        if (!unknown.isEmpty()) {
            throw new NewPlaceException(unknown);
        }
    }

    /** An earlier version did not save in which of a server's databases a place is: it may be any. */
    private static boolean isKnown(Place place, Set<String> known) {
        return known.contains(place.toString()) || known.contains(place.name());
    }

    /** Notes a table that has passed without a route. */
    void passed(String table) {
        unrouted.add(table);
    }

    /**
     * Saves what is known.
     *
     * @param configured whether this subtask saves what all know
     */
    void save(boolean configured) throws Exception {
        List<Tuple2<String, String>> entries = new ArrayList<>();
        unrouted.forEach(table -> entries.add(Tuple2.of(table, NOWHERE)));
        if (configured) {
            places.forEach((table, chosen) -> chosen.forEach(place -> entries.add(Tuple2.of(table, place.toString()))));
        }
        saved.update(entries);
    }
}
