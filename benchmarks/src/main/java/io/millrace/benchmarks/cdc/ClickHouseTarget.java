package io.millrace.benchmarks.cdc;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.benchmarks.stage.RestCalls;
import io.millrace.benchmarks.workload.BenchRow;
import io.millrace.benchmarks.workload.Checksum;
import java.io.IOException;

/** A table of versions, as our job makes it. */
final class ClickHouseTarget implements Target {

    static final String DATABASE = "bench";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NAME = DATABASE + "." + Arena.TABLE;
    private static final int PAGE = 100_000;

    private final RestCalls server;
    private final boolean ours;

    /** @param ours whether a job is to come that makes its table itself */
    ClickHouseTarget(String url, boolean ours) {
        server = new RestCalls(url);
        this.ours = ours;
    }

    @Override
    public void clear() throws IOException, InterruptedException {
        send("DROP DATABASE IF EXISTS " + DATABASE + " SYNC");
        send("CREATE DATABASE " + DATABASE);
        if (!ours) {
            send("""
                    CREATE TABLE %s (id Int64, customer Int64, quantity Int32, cents Int64, score Float64, active Bool,
                    status String, email String, note String, placed DateTime64(6, 'UTC'), _version UInt64,
                    _is_deleted UInt8) ENGINE = ReplacingMergeTree(_version, _is_deleted) ORDER BY id""".formatted(NAME));
        }
    }

    @Override
    public long count() throws IOException, InterruptedException {
        String sum = send("SELECT sum(rows) FROM system.parts WHERE active AND database = '" + DATABASE
                + "' AND table = '" + Arena.TABLE + "'");
        return Long.parseLong(sum.strip());
    }

    @Override
    public Checksum checksum() throws IOException, InterruptedException {
        Checksum sum = Checksum.EMPTY;
        long after = Long.MIN_VALUE;
        while (true) {
            String page = send("SELECT * REPLACE (toUnixTimestamp64Micro(placed) AS placed) FROM " + NAME
                    + " FINAL WHERE id > " + after + " ORDER BY id LIMIT " + PAGE
                    + " SETTINGS output_format_json_quote_64bit_integers = 0 FORMAT JSONEachRow");
            if (page.isBlank()) {
                return sum;
            }
            for (String line : page.lines().toList()) {
                BenchRow row = BenchRow.of(JSON.readTree(line));
                sum = sum.plus(row);
                after = row.id();
            }
        }
    }

    private String send(String sql) throws IOException, InterruptedException {
        return server.text("/?user=default", sql);
    }

    @Override
    public void close() {
        // holds nothing
    }
}
