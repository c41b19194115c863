package io.millrace.benchmarks.cdc;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.benchmarks.workload.BenchRow;
import io.millrace.benchmarks.workload.Checksum;
import java.io.IOException;
import java.util.List;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/** One key for each row; ours has a second one with its version. */
final class RedisTarget implements Target {

    /** To forget a million keys takes seconds. */
    private static final int ANSWER_MILLIS = 120_000;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String VERSION = ":v";
    private static final int PAGE = 5_000;

    private final Jedis jedis;
    private final int keysOfARow;

    /** @param keysOfARow 2 if a version is beside it */
    RedisTarget(int port, int keysOfARow) {
        jedis = new Jedis("127.0.0.1", port, ANSWER_MILLIS);
        this.keysOfARow = keysOfARow;
    }

    @Override
    public void clear() {
        jedis.configSet("maxmemory", "0");
        jedis.flushAll();
    }

    @Override
    public long count() {
        return jedis.dbSize() / keysOfARow;
    }

    @Override
    public Checksum checksum() throws IOException {
        Checksum sum = Checksum.EMPTY;
        String cursor = ScanParams.SCAN_POINTER_START;
        do {
            ScanResult<String> page = jedis.scan(cursor, new ScanParams().count(PAGE));
            List<String> keys = page.getResult().stream()
                    .filter(key -> !key.endsWith(VERSION))
                    .toList();
            if (!keys.isEmpty()) {
                for (String value : jedis.mget(keys.toArray(String[]::new))) {
                    sum = sum.plus(BenchRow.of(JSON.readTree(value)));
                }
            }
            cursor = page.getCursor();
        } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
        return sum;
    }

    @Override
    public void close() {
        jedis.close();
    }
}
