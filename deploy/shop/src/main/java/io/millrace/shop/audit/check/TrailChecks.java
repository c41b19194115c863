package io.millrace.shop.audit.check;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.shop.check.CheckResult;
import io.millrace.shop.check.ClickHouseHttp;
import io.millrace.shop.check.DeadLetterCheck;
import io.millrace.shop.check.Difference;
import io.millrace.shop.check.TargetException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What was made of the audit trail beside the archive: its searchable copy, and the dead letters. */
public final class TrailChecks {

    /** The searchable copy, as {@code --sabotage} names it. */
    public static final String COPY = "clickhouse.audit_events";

    private static final String TABLE = "millrace.audit_events";
    private static final String READ =
            "SELECT partition, offset, toInt64(toUnixTimestamp64Milli(timestamp)) AS timestamp,"
                    + " kind, toInt64(toUnixTimestamp64Milli(event_time)) AS event_time, event_id, event_type, user_id, accessed_by,"
                    + " resource_id FROM " + TABLE + "_current";
    private static final List<String> COLUMNS = List.of(
            "timestamp", "kind", "event_time", "event_id", "event_type", "user_id", "accessed_by", "resource_id");

    private final String bootstrap;
    private final String deadLetters;
    private final String pipeline;
    private final ClickHouseHttp clickhouse;
    private final TrailLedger ledger;

    /**
     * Makes checks of what a job made.
     *
     * @param clickhouse its HTTP address
     * @param deadLetters their topic
     * @param pipeline the job's name
     */
    public TrailChecks(String bootstrap, String clickhouse, String deadLetters, String pipeline, TrailLedger ledger) {
        this.bootstrap = bootstrap;
        this.clickhouse = new ClickHouseHttp(clickhouse);
        this.deadLetters = deadLetters;
        this.pipeline = pipeline;
        this.ledger = ledger;
    }

    /** Compares both with what the ledger has read. */
    public List<CheckResult> run() {
        return List.of(
                copy(),
                new DeadLetterCheck("dead-letters.audit", bootstrap, deadLetters, pipeline, ledger.broken()).run());
    }

    private CheckResult copy() {
        Map<String, Map<String, String>> found = new TreeMap<>();
        clickhouse.rows(
                READ,
                row -> found.put(
                        TrailLedger.place(
                                row.path("partition").asLong(),
                                row.path("offset").asLong()),
                        values(row)));
        TreeSet<String> places = new TreeSet<>(found.keySet());
        places.addAll(ledger.events().keySet());
        List<Difference> differences = new ArrayList<>();
        long differ = 0;
        for (String place : places) {
            TrailEvent event = ledger.events().get(place);
            Map<String, String> wanted = event == null ? Map.of() : event.row();
            Map<String, String> has = found.getOrDefault(place, Map.of());
            if (!wanted.equals(has)) {
                differ++;
                differences.addAll(differences(place, wanted, has));
            }
        }
        return CheckResult.rows(COPY, found.size(), differ, differences);
    }

    private static List<Difference> differences(String place, Map<String, String> wanted, Map<String, String> has) {
        List<Difference> differences = new ArrayList<>();
        if (wanted.isEmpty() || has.isEmpty()) {
            String expected = wanted.isEmpty() ? "nothing" : "a row";
            return List.of(new Difference("audit_events", place, "*", expected, has.isEmpty() ? "nothing" : "a row"));
        }
        for (String column : COLUMNS) {
            String expected = wanted.getOrDefault(column, "null");
            String found = has.getOrDefault(column, "null");
            if (!expected.equals(found)) {
                differences.add(new Difference("audit_events", place, column, expected, found));
            }
        }
        return differences;
    }

    private static Map<String, String> values(ObjectNode row) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String column : COLUMNS) {
            if (row.hasNonNull(column)) {
                String text = row.path(column).asText();
                values.put(column, text.startsWith("~e") ? TrailEvent.ENCRYPTED : text);
            }
        }
        return values;
    }

    /** Says of the first record that it was another kind of event; returns its place. */
    public String sabotage() {
        String first = "(SELECT * FROM " + TABLE
                + " FINAL WHERE kind = 'event' ORDER BY timestamp, partition, offset LIMIT 1)";
        List<String> places = new ArrayList<>();
        clickhouse.rows(
                "SELECT partition, offset FROM " + first,
                row -> places.add(TrailLedger.place(
                        row.path("partition").asLong(), row.path("offset").asLong())));
        if (places.isEmpty()) {
            throw new TargetException("table " + TABLE + " has no row to damage");
        }
        clickhouse.send("INSERT INTO " + TABLE + " SELECT * REPLACE ('SABOTAGED' AS event_type) FROM " + first);
        return places.get(0);
    }
}
