package io.millrace.shop.audit.check;

import io.millrace.shop.audit.AuditTrail;
import io.millrace.shop.check.TargetException;
import io.millrace.shop.check.TopicReader;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a read-committed reader of the audit trail's topic sees. */
public final class TrailLedger {

    private final TopicReader reader;
    private final Map<String, TrailEvent> events = new TreeMap<>();

    public TrailLedger(String bootstrap) {
        this.reader = new TopicReader(bootstrap, AuditTrail.TOPIC);
    }

    /** Reads what has come since the last time. */
    public void readOn() {
        reader.readOn(record -> events.put(place(record.partition(), record.offset()), TrailEvent.of(record)));
    }

    static String place(long partition, long offset) {
        return partition + "-" + offset;
    }

    /** Returns each record by its place, {@code partition-offset}. */
    Map<String, TrailEvent> events() {
        return events;
    }

    /** Returns how many records there are. */
    public long records() {
        return events.size();
    }

    /** Returns how many were appended before a UTC day began. */
    public long before(LocalDate day) {
        long begin = day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
        return events.values().stream()
                .filter(event -> Long.parseLong(event.row().getOrDefault("timestamp", "0")) < begin)
                .count();
    }

    /** Returns how many records are about a person, alone or with another one. */
    public long about(String subject) {
        return events.values().stream()
                .filter(event -> event.subjects().contains(subject))
                .count();
    }

    /** Returns the person whom most records are about. */
    public String mostSeen() {
        return events.values().stream()
                .flatMap(event -> event.subjects().stream())
                .collect(Collectors.groupingBy(subject -> subject, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow(() -> new TargetException("the topic " + AuditTrail.TOPIC + " tells of nobody"))
                .getKey();
    }

    /** Returns where records stand that are no events, as {@code topic-partition@offset}. */
    Set<String> broken() {
        return events.entrySet().stream()
                .filter(event -> !event.getValue().isEvent())
                .map(event -> AuditTrail.TOPIC + "-" + event.getKey().replace('-', '@'))
                .collect(Collectors.toSet());
    }
}
