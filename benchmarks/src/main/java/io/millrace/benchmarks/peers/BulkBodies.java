package io.millrace.benchmarks.peers;

import io.millrace.benchmarks.workload.BenchRow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Bodies of {@code _bulk}. */
final class BulkBodies implements Canned {

    private static final int BATCH = 1_000;

    @Override
    public int batch() {
        return BATCH;
    }

    @Override
    public void encode(BenchRow row, ByteArrayOutputStream request) {
        String lines = "{\"index\":{\"_id\":\"" + row.id() + "\"}}\n" + row.json() + "\n";
        request.writeBytes(lines.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Sender connect(Settings settings) {
        Http http = new Http();
        URI address = URI.create(settings.get(Settings.ELASTICSEARCH) + "/" + settings.get(Settings.TABLE)
                + "/_bulk?filter_path=errors");
        return (request, rows) -> {
            String answer = http.post(address, "application/x-ndjson", request, request.length);
            if (!answer.contains("\"errors\":false")) {
                throw new IOException("Elasticsearch refused some of " + rows + " rows");
            }
        };
    }
}
