package io.millrace.benchmarks.peers;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.apache.http.HttpHost;
import org.elasticsearch.client.Request;
import org.elasticsearch.client.RestClient;

/** One request for each row. */
final class ElasticsearchOneByOne implements RowWriter {

    private final RestClient client;
    private final String path;

    ElasticsearchOneByOne(Settings settings) {
        client = RestClient.builder(HttpHost.create(settings.get(Settings.ELASTICSEARCH)))
                .build();
        path = "/" + settings.get(Settings.TABLE) + "/_doc/";
    }

    @Override
    public void write(long id, JsonNode row) throws IOException {
        Request request = new Request("PUT", path + id);
        request.setJsonEntity(row.toString());
        client.performRequest(request);
    }

    @Override
    public void flush() {
        // everything is written
    }
}
