package io.millrace.benchmarks.cdc;

import io.millrace.benchmarks.peers.PeerMain;
import io.millrace.benchmarks.peers.Settings;
import io.millrace.benchmarks.process.Drain;
import io.millrace.benchmarks.process.JavaProgram;
import io.millrace.benchmarks.stage.BenchServers;
import io.millrace.benchmarks.stage.Stage;
import io.millrace.benchmarks.workload.BenchTable;
import io.millrace.benchmarks.workload.Database;
import io.millrace.benchmarks.workload.Slots;
import io.millrace.cli.Workspace;
import io.millrace.cli.bench.BenchPlan;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where the contenders of a case meet: the same servers, the same table, the same limits. */
public record Arena(Workspace workspace, BenchPlan plan, BenchServers servers, PrintWriter out) implements Stage {

    /** Module of the job. */
    static final String JOB = "cdc";

    static final String TABLE = "bench";
    static final String PUBLICATION = "bench";

    /** Slot of a run. */
    static final String SLOT = "bench_run";

    /** Threads of the sync and its peers: the job's parallelism. */
    static final int THREADS = 2;

    private static final Duration PATIENCE = Duration.ofMinutes(20);

    /** The first fifth of a backlog warms the JVM up. */
    private static final int WARM_UP = 5;

    Database database() {
        return new Database(addresses().postgresUrl(), addresses().postgresUser());
    }

    BenchTable table() {
        return new BenchTable(database(), TABLE, BenchTable.USUAL_NOTE, plan.seed());
    }

    Slots slots() {
        return new Slots(database());
    }

    /** Returns the table's topic. */
    BenchTopic topic() {
        return new BenchTopic(addresses().kafkaBootstrap(), BenchTopic.of(TABLE));
    }

    Drain drain(long records) {
        return new Drain(records / WARM_UP, records, PATIENCE);
    }

    /** Returns one of the peers in our own class path. */
    JavaProgram peer(String name, long records, int threads) {
        Map<String, String> settings = new LinkedHashMap<>(settings());
        settings.put(Settings.PEER, name);
        settings.put(Settings.RECORDS, Long.toString(records));
        settings.put(Settings.THREADS, Integer.toString(threads));
        return new JavaProgram(PeerMain.class.getName(), System.getProperty("java.class.path"), JVM, settings);
    }

    /** Returns what every peer is told. */
    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(Settings.KAFKA, addresses().kafkaBootstrap());
        settings.put(Settings.TOPIC, topic().name());
        settings.put(Settings.POSTGRES, addresses().postgresUrl());
        settings.put(Settings.USER, addresses().postgresUser());
        settings.put(Settings.TABLE, TABLE);
        settings.put(Settings.SLOT, SLOT);
        settings.put(Settings.PUBLICATION, PUBLICATION);
        settings.put(Settings.ELASTICSEARCH, addresses().elasticsearchUrl());
        settings.put(Settings.CLICKHOUSE, addresses().clickhouseUrl());
        settings.put(Settings.REDIS_PORT, Integer.toString(addresses().redisPort()));
        settings.put(Settings.FOLDER, folder().toString());
        return settings;
    }
}
