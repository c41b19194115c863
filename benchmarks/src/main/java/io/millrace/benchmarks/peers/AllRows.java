package io.millrace.benchmarks.peers;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** The plain clients of all targets in one process: each row to each of them. */
final class AllRows implements RowWriter {

    private final List<RowWriter> writers;

    AllRows(Settings settings) {
        // ClickHouse's adds columns to the row, so it comes last
        writers = List.of(new ElasticsearchRows(settings), new RedisRows(settings), new ClickHouseRows(settings));
    }

    @Override
    public void write(long id, JsonNode row) throws Exception {
        for (RowWriter writer : writers) {
            writer.write(id, row);
        }
    }

    @Override
    public void flush() throws Exception {
        for (RowWriter writer : writers) {
            writer.flush();
        }
    }

    @Override
    public void tick() throws Exception {
        for (RowWriter writer : writers) {
            writer.tick();
        }
    }
}
