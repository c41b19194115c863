package io.millrace.shop.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An index, or an alias, against its table: one document per row, the same values, the version that was captured. */
public final class ElasticsearchCheck implements Check {

    private static final int PAGE = 500;

    private final ElasticsearchHttp http;
    private final String index;
    private final String table;
    private final @Nullable TopicCheck versions;
    private Representation representation = Representation.DOCUMENT_WITH_TEXT_DECIMALS;

    /**
     * Checks one index.
     *
     * @param versions the topic whose versions the documents must have; null if they are not compared
     */
    public ElasticsearchCheck(String url, String index, String table, @Nullable TopicCheck versions) {
        this.http = new ElasticsearchHttp(url);
        this.index = index;
        this.table = table;
        this.versions = versions;
    }

    /** Expects decimals as JSON numbers; without this, as text. */
    public ElasticsearchCheck withDecimalsAsNumbers() {
        representation = Representation.DOCUMENT;
        return this;
    }

    @Override
    public String target() {
        return "elasticsearch." + table;
    }

    @Override
    public CheckResult run(SourceSnapshot source) {
        Comparison comparison = new Comparison(source.table(table), representation);
        Map<RowKey, FoundRow> documents = read(source.table(table), comparison);
        comparison.compare(source.rows(table), documents);
        if (versions != null) {
            TopicState topic = versions.read(source);
            documents.forEach((key, document) -> {
                if (document.version() != topic.lastVersion(key)) {
                    comparison.differs(key, "_version", topic.lastVersion(key), document.version());
                }
            });
        }
        return comparison.result(target(), source.rows(table).size());
    }

    private Map<RowKey, FoundRow> read(SourceTable shape, Comparison comparison) {
        Map<RowKey, FoundRow> documents = new TreeMap<>();
        http.send("POST", "/" + index + "/_refresh", "");
        JsonNode page = http.send(
                "POST",
                "/" + index + "/_search?scroll=1m",
                "{\"size\":" + PAGE + ",\"version\":true,\"sort\":[\"_doc\"]}");
        String scroll = page.path("_scroll_id").asText();
        while (!page.path("hits").path("hits").isEmpty()) {
            for (JsonNode hit : page.path("hits").path("hits")) {
                JsonNode row = hit.path("_source");
                RowKey key = shape.keyOf(row);
                if (documents.put(key, new FoundRow(row, hit.path("_version").asLong())) != null) {
                    comparison.differs(key, "_id", "one document", "another one, " + hit.path("_id"));
                }
            }
            String next = JsonNodeFactory.instance
                    .objectNode()
                    .put("scroll", "1m")
                    .put("scroll_id", scroll)
                    .toString();
            page = http.send("POST", "/_search/scroll", next);
        }
        http.send(
                "DELETE",
                "/_search/scroll",
                JsonNodeFactory.instance.objectNode().put("scroll_id", scroll).toString());
        return documents;
    }
}
