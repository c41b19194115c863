package io.millrace.common.sink.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.common.sink.elasticsearch.ElasticsearchConfig.IndexSettings;
import java.io.IOException;

/** The JSON of templates, indices and settings. */
final class IndexBodies {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Above the templates that Elasticsearch itself brings. */
    private static final int PRIORITY = 200;

    private IndexBodies() {}

    static String template(IndexRoute route, IndexSettings settings) {
        ObjectNode body = JSON.createObjectNode();
        body.putArray("index_patterns").add(route.index() + "-0*");
        body.put("priority", PRIORITY);
        ObjectNode template = body.putObject("template");
        template.set("settings", adjustableSettings(settings).put("index.number_of_shards", settings.shards()));
        template.set("mappings", mapping(route));
        body.putObject("_meta").put("managed_by", "millrace").put("table", route.table());
        return body.toString();
    }

    /** Settings that an index takes at any time. */
    static ObjectNode adjustableSettings(IndexSettings settings) {
        return JSON.createObjectNode()
                .put("index.number_of_replicas", settings.replicas())
                .put("index.refresh_interval", settings.refreshInterval().toMillis() + "ms")
                .put("index.gc_deletes", settings.gcDeletes().toMillis() + "ms")
                .put("index.mapping.total_fields.limit", settings.totalFieldsLimit());
    }

    static String firstIndex(IndexRoute route) {
        ObjectNode body = JSON.createObjectNode();
        body.putObject("aliases").putObject(route.index()).put("is_write_index", true);
        return body.toString();
    }

    private static ObjectNode mapping(IndexRoute route) {
        ObjectNode mapping = JSON.createObjectNode().put("dynamic", false).put("date_detection", false);
        mapping.set("properties", properties(route));
        return mapping;
    }

    /**
     * Returns the mappings a route gives itself.
     *
     * @throws IllegalArgumentException if they are not a JSON object
     */
    static ObjectNode properties(IndexRoute route) {
        if (route.mapping() == null) {
            return JSON.createObjectNode();
        }
        try {
            JsonNode given = JSON.readTree(route.mapping());
            if (given instanceof ObjectNode properties) {
                return properties;
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(notAnObject(route), e);
        }
        throw new IllegalArgumentException(notAnObject(route));
    }

    private static String notAnObject(IndexRoute route) {
        return "the mapping of index \"" + route.index() + "\" is not a JSON object; write it as under \"properties\","
                + " for instance {\"name\":{\"type\":\"keyword\"}}";
    }
}
