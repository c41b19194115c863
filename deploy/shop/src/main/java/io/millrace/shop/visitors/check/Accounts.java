package io.millrace.shop.visitors.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.shop.check.CheckResult;
import io.millrace.shop.check.Difference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Where every record has gone: to a result, once; to the dead letters; or to the late events. */
final class Accounts {

    private final Ledger ledger;

    Accounts(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Each record that cannot be read is a dead letter, and no other one is. */
    CheckResult letters() {
        Set<String> broken = new TreeSet<>();
        topics().forEach(topic -> broken.addAll(topic.broken()));
        List<Difference> differences = new ArrayList<>();
        broken.stream()
                .filter(place -> !ledger.letters().contains(place))
                .forEach(place -> differences.add(new Difference("dead-letters", place, "*", "a letter", "nothing")));
        ledger.letters().stream()
                .filter(place -> !broken.contains(place))
                .sorted()
                .forEach(place -> differences.add(new Difference("dead-letters", place, "*", "nothing", "a letter")));
        return result(
                "dead-letters.analytics",
                "expected=" + broken.size() + " found=" + ledger.letters().size(),
                differences);
    }

    /** Only what can be too late is told of as such, and only what can be read. */
    CheckResult late() {
        Set<String> mayBeLate = new HashSet<>();
        for (RawTopic topic : topics()) {
            topic.events().stream()
                    .map(Event::place)
                    .filter(place -> !topic.inTime().contains(place))
                    .forEach(mayBeLate::add);
        }
        List<Difference> differences = new ArrayList<>();
        Set<String> places = new TreeSet<>();
        ledger.late()
                .forEach((result, late) -> late.stream().sorted().forEach(place -> {
                    places.add(place);
                    if (!mayBeLate.contains(place)) {
                        differences.add(new Difference("late-events", place, result, "in time", "too late"));
                    }
                }));
        return result("kafka.late-events", "events=" + places.size(), differences);
    }

    /**
     * Adds up where the records of a topic have gone, with the number of events that the result itself says it has.
     *
     * @param of the result
     * @param found of these events, what is in rows
     * @param key by which the result knows an event again
     */
    CheckResult sum(String name, RawTopic topic, String of, long found, long open, Function<Event, String> key) {
        Map<String, Boolean> isCounted = new HashMap<>();
        long counted = ledger.counted(of, topic, key).size();
        long late = 0;
        long repeated = 0;
        for (Event event : topic.events()) {
            if (ledger.late(of).contains(event.place())) {
                late++;
            } else if (event.id() != null && isCounted.put(key.apply(event) + "\n" + event.id(), true) != null) {
                repeated++;
            }
        }
        long records = (long) topic.events().size() + topic.broken().size();
        long broken = topic.broken().stream().filter(ledger.letters()::contains).count();
        long accounted = found + open + repeated + late + broken;
        List<Difference> differences = new ArrayList<>();
        if (records != accounted) {
            differences.add(new Difference(name, of, "records", "" + records, "" + accounted));
        }
        if (counted != found + open) {
            differences.add(new Difference(name, of, "counted", "" + counted, "" + (found + open)));
        }
        return result(
                "sum." + name,
                "records=" + records + " counted=" + found + " open=" + open + " repeated=" + repeated + " late=" + late
                        + " dead-lettered=" + broken,
                differences);
    }

    /** Adds up a column of all rows. */
    static long total(Map<String, JsonNode> rows, String column) {
        return rows.values().stream()
                .mapToLong(row -> row.path(column).asLong())
                .sum();
    }

    private List<RawTopic> topics() {
        return List.of(ledger.views(), ledger.actions(), ledger.requests());
    }

    private static CheckResult result(String target, String counts, List<Difference> differences) {
        return new CheckResult(
                target,
                counts,
                differences.size(),
                differences.subList(0, Math.min(CheckResult.SHOWN, differences.size())));
    }
}
