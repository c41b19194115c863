package io.millrace.cli.init;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the job's own look at the database found.
 *
 * @param general what stands in the way of every table, each with its place
 * @param tables what stands in the way of one, by schema and name
 * @param notes what stands in nobody's way
 */
record Findings(List<String> general, Map<String, List<String>> tables, List<String> notes) {

    /** What the program prints begins with this. */
    static final String LINE = "{\"";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern OF_TABLE = Pattern.compile("tables\\.(.+)");
    private static final Pattern OF_ROUTE = Pattern.compile("routes\\[(\\d+)\\].*");
    private static final String OURS = "millrace.heartbeat";

    /**
     * Reads what the program printed.
     *
     * @param routed the tables of its configuration, in the order of their routes
     */
    static Findings in(List<String> lines, List<Table> routed) throws JsonProcessingException {
        Findings findings = new Findings(new ArrayList<>(), new LinkedHashMap<>(), new ArrayList<>());
        for (String line : lines) {
            if (line.startsWith(LINE)) {
                findings.add(JSON.readTree(line), routed);
            }
        }
        return findings;
    }

    private void add(JsonNode found, List<Table> routed) {
        String path = found.path("path").asText();
        String message = found.path("message").asText();
        switch (found.path("found").asText()) {
            case "problem" -> addProblem(path, message, routed);
            case "note" -> notes.add(tableOf(path, routed) + " " + message);
            default -> {}
        }
    }

    private void addProblem(String path, String message, List<Table> routed) {
        String table = tableOf(path, routed);
        if (table.equals(path) || table.equals(OURS)) {
            general.add(path + " " + message);
        } else {
            tables.computeIfAbsent(table, unknown -> new ArrayList<>()).add(message);
        }
    }

    private static String tableOf(String path, List<Table> routed) {
        Matcher table = OF_TABLE.matcher(path);
        if (table.matches()) {
            return table.group(1);
        }
        Matcher route = OF_ROUTE.matcher(path);
        return route.matches() && Integer.parseInt(route.group(1)) < routed.size()
                ? routed.get(Integer.parseInt(route.group(1))).fullName()
                : path;
    }
}
