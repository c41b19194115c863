package io.millrace.benchmarks.peers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Inserts of {@code JSONEachRow} over HTTP, as large as our job's and as often. */
final class ClickHouseRows implements RowWriter {

    private static final int ROWS = 100_000;
    private static final int BYTES = 16 << 20;
    private static final long INTERVAL_NANOS = 1_000_000_000L;

    private final Http http = new Http();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(BYTES);
    private final URI address;
    private int rows;
    private long version;
    private long first;

    ClickHouseRows(Settings settings) {
        String insert = "INSERT INTO bench." + settings.get(Settings.TABLE) + " FORMAT JSONEachRow";
        address = URI.create(settings.get(Settings.CLICKHOUSE)
                + "/?user=default&date_time_input_format=best_effort&query="
                + URLEncoder.encode(insert, StandardCharsets.UTF_8));
    }

    @Override
    public void write(long id, JsonNode row) throws IOException, InterruptedException {
        if (rows == 0) {
            first = System.nanoTime();
        }
        ((ObjectNode) row).put("_version", ++version).put("_is_deleted", 0);
        body.writeBytes(row.toString().getBytes(StandardCharsets.UTF_8));
        body.write('\n');
        if (++rows == ROWS || body.size() >= BYTES) {
            flush();
        }
    }

    @Override
    public void tick() throws IOException, InterruptedException {
        if (rows > 0 && System.nanoTime() - first > INTERVAL_NANOS) {
            flush();
        }
    }

    @Override
    public void flush() throws IOException, InterruptedException {
        if (rows > 0) {
            http.post(address, "application/x-ndjson", body.toByteArray(), body.size());
            body.reset();
            rows = 0;
        }
    }
}
