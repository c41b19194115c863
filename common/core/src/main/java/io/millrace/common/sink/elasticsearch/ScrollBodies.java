package io.millrace.common.sink.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.common.sink.elasticsearch.DocumentScroll.Hit;
import io.millrace.common.sink.elasticsearch.DocumentScroll.Page;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** The JSON of a scroll: what is asked, and what is answered. */
final class ScrollBodies {

    /** What of an answer is needed; Elasticsearch leaves out the rest. */
    static final String FILTER = "_scroll_id,_shards.failed,hits.hits._id,hits.hits._version";

    private static final ObjectMapper JSON = new ObjectMapper();

    private ScrollBodies() {}

    /** In the order of the index, which costs no sorting. */
    static String first(int pageSize) {
        ObjectNode body = JSON.createObjectNode().put("size", pageSize);
        body.put("version", true).put("_source", false);
        body.putArray("sort").add("_doc");
        return body.toString();
    }

    static String next(String scroll, String kept) {
        return JSON.createObjectNode()
                .put("scroll_id", scroll)
                .put("scroll", kept)
                .toString();
    }

    static String end(String scroll) {
        return JSON.createObjectNode().put("scroll_id", scroll).toString();
    }

    /**
     * Reads a page.
     *
     * @throws IOException if a shard did not answer: its documents would be missed
     */
    static Page page(InputStream body) throws IOException {
        JsonNode answer = JSON.readTree(body);
        int failed = answer.path("_shards").path("failed").asInt();
        if (failed > 0 || !answer.path("_scroll_id").isTextual()) {
            throw new IOException("a page of a search is not whole: " + failed + " shards did not answer");
        }
        List<Hit> hits = new ArrayList<>();
        for (JsonNode hit : answer.path("hits").path("hits")) {
            hits.add(new Hit(hit.path("_id").asText(), hit.path("_version").asLong()));
        }
        return new Page(answer.path("_scroll_id").asText(), hits);
    }
}
