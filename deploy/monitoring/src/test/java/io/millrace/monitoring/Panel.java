package io.millrace.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** One panel of a dashboard. */
record Panel(JsonNode json) {

    String title() {
        return json.path("title").asText();
    }

    String type() {
        return json.path("type").asText();
    }

    /** Returns its queries. */
    List<JsonNode> targets() {
        List<JsonNode> targets = new ArrayList<>();
        json.path("targets").forEach(targets::add);
        return targets;
    }

    /** Returns the columns or series that its settings speak of by name: one that does not exist is a setting lost. */
    Set<String> namedFields() {
        Set<String> names = new LinkedHashSet<>();
        for (JsonNode override : json.at("/fieldConfig/overrides")) {
            if (override.at("/matcher/id").asText().equals("byName")) {
                names.add(override.at("/matcher/options").asText());
            }
        }
        for (JsonNode sort : json.at("/options/sortBy")) {
            names.add(sort.path("displayName").asText());
        }
        return names;
    }

    @Override
    public String toString() {
        return title();
    }
}
