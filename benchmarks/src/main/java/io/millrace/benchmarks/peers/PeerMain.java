package io.millrace.benchmarks.peers;

import java.io.IOException;
import java.util.Map;
import java.util.function.Supplier;

/** Runs one peer as {@link io.millrace.benchmarks.process.ChildProcess} wants it. */
public final class PeerMain {

    private static final Map<String, Supplier<Peer>> PEERS = Map.ofEntries(
            Map.entry("elasticsearch", () -> new TopicLoop(ElasticsearchRows::new)),
            Map.entry("redis", () -> new TopicLoop(RedisRows::new)),
            Map.entry("clickhouse", () -> new TopicLoop(ClickHouseRows::new)),
            Map.entry("all", () -> new TopicLoop(AllRows::new)),
            Map.entry("elasticsearch-one", () -> new TopicLoop(ElasticsearchOneByOne::new)),
            Map.entry("redis-one", () -> new TopicLoop(RedisOneByOne::new)),
            Map.entry("elasticsearch-canned", () -> new CannedRequests(new BulkBodies())),
            Map.entry("redis-canned", () -> new CannedRequests(new RedisSets())),
            Map.entry("clickhouse-canned", () -> new CannedRequests(new RowBinaryInserts())),
            Map.entry("poll", PollLoop::new),
            Map.entry("scan", TokenScan::new),
            Map.entry("poll-hash-write", PollHashWrite::new),
            Map.entry("sha256", FileHashes::new),
            Map.entry("copy", CopyLoop::new),
            Map.entry("replication", ReplicationLoop::new));

    private PeerMain() {}

    /** Runs the peer that {@code -Dbench.peer} names. */
    public static void main(String[] arguments) {
        Settings settings = new Settings();
        Supplier<Peer> known = PEERS.get(settings.get(Settings.PEER));
        if (known == null) {
            throw new IllegalArgumentException("there is no peer " + settings.get(Settings.PEER));
        }
        Peer peer = known.get();
        try {
            peer.prepare(settings);
            say("ready");
            awaitGo();
            peer.run(done -> say("progress " + done));
            awaitEnd();
        } catch (Exception e) {
            e.printStackTrace();
            // its other threads would go on
            System.exit(1);
        }
    }

    private static void awaitGo() throws IOException {
        while (System.in.read() != '\n') {
            Thread.onSpinWait();
        }
    }

    /** Its processor time is read while it lives; who started it ends it. */
    private static void awaitEnd() throws IOException {
        while (System.in.read() >= 0) {
            Thread.onSpinWait();
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
