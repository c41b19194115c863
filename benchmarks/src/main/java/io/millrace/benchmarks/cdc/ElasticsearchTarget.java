package io.millrace.benchmarks.cdc;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.benchmarks.stage.RestCalls;
import io.millrace.benchmarks.workload.BenchRow;
import io.millrace.benchmarks.workload.Checksum;
import java.io.IOException;

/** An index whose mapping is named column by column, so that it is the same for everybody. */
final class ElasticsearchTarget implements Target {

    /** In YAML as well as in JSON. */
    static final String MAPPING = """
            {"id": {"type": "long"}, "customer": {"type": "long"}, "quantity": {"type": "integer"},
            "cents": {"type": "long"}, "score": {"type": "double"}, "active": {"type": "boolean"},
            "status": {"type": "keyword"}, "email": {"type": "keyword"}, "note": {"type": "text"},
            "placed": {"type": "date"}}""".replace("\n", " ");

    private static final String INDEX = "/" + Arena.TABLE;
    private static final int PAGE = 5_000;

    private final RestCalls search;
    private final boolean ours;

    /** @param ours whether a job is to come that makes its index itself, with the same settings */
    ElasticsearchTarget(String url, boolean ours) {
        search = new RestCalls(url);
        this.ours = ours;
    }

    @Override
    public void clear() throws IOException, InterruptedException {
        // our job's index has an alias of this name
        search.json("DELETE", INDEX + "*", "");
        if (!ours) {
            search.json("PUT", INDEX, """
                    {"settings": {"number_of_shards": 1, "number_of_replicas": 0, "refresh_interval": "1s"},
                     "mappings": {"properties": %s}}""".formatted(MAPPING));
        }
    }

    /** Counts writes, which are there before a refresh shows them. */
    @Override
    public long count() throws IOException, InterruptedException {
        return search.json("GET", INDEX + "/_stats/indexing", "")
                .at("/_all/primaries/indexing/index_total")
                .asLong();
    }

    @Override
    public Checksum checksum() throws IOException, InterruptedException {
        search.json("POST", INDEX + "/_refresh", "");
        Checksum sum = Checksum.EMPTY;
        String after = "";
        while (true) {
            JsonNode hits = search.json(
                            "POST",
                            INDEX + "/_search",
                            "{\"size\": " + PAGE + ", \"sort\": [{\"id\": \"asc\"}]" + after + "}")
                    .at("/hits/hits");
            if (hits.isEmpty()) {
                return sum;
            }
            for (JsonNode hit : hits) {
                sum = sum.plus(BenchRow.of(hit.path("_source")));
                after = ", \"search_after\": " + hit.path("sort");
            }
        }
    }

    @Override
    public void close() {
        // holds nothing
    }
}
