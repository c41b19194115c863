package io.millrace.benchmarks.analytics;

import io.millrace.benchmarks.peers.PeerMain;
import io.millrace.benchmarks.peers.Settings;
import io.millrace.benchmarks.process.JavaProgram;
import io.millrace.benchmarks.stage.BenchServers;
import io.millrace.benchmarks.stage.TopicStage;
import io.millrace.cli.Workspace;
import io.millrace.cli.bench.BenchPlan;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where the contenders of a case meet: the same servers, the same topic, the same limits. */
public record Scene(Workspace workspace, BenchPlan plan, BenchServers servers, PrintWriter out) implements TopicStage {

    /** Module of the job. */
    static final String JOB = "analytics";

    /** Threads of everybody: the job's parallelism. */
    static final int THREADS = 2;

    /** Checkpoints, and commits of offsets, in seconds. */
    static final int CHECKPOINTS = 3;

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration QUICK_PATIENCE = Duration.ofMinutes(5);

    private static final List<String> BESIDE =
            List.of("high-value-user-detected", "alerts", "late-events", "dead-letter-queue");

    EventTopic topics() {
        return new EventTopic(addresses().kafkaBootstrap());
    }

    /** Makes every topic that the job wants, empty. */
    void prepareTopics() throws Exception {
        topics().createMissing(BESIDE);
        for (String topic : List.of(PageViewEvents.TOPIC, ActionEvents.TOPIC, SampleEvents.TOPIC)) {
            topics().create(topic);
        }
    }

    /** Returns ClickHouse, with its tables. */
    Warehouse warehouse() throws Exception {
        Warehouse warehouse = new Warehouse(addresses().clickhouseUrl());
        warehouse.migrate(workspace);
        return warehouse;
    }

    @Override
    public Duration patience() {
        return plan.quick() ? QUICK_PATIENCE : PATIENCE;
    }

    /** Returns one of the peers in our own class path. */
    JavaProgram peer(String name, String topic, long events) {
        Map<String, String> settings = settings(topic);
        settings.put(Settings.PEER, name);
        settings.put(Settings.RECORDS, Long.toString(events));
        return new JavaProgram(PeerMain.class.getName(), System.getProperty("java.class.path"), JVM, settings);
    }

    /** Returns what every peer is told. */
    Map<String, String> settings(String topic) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(Settings.KAFKA, addresses().kafkaBootstrap());
        settings.put(Settings.TOPIC, topic);
        settings.put(Settings.THREADS, Integer.toString(THREADS));
        settings.put(Settings.FOLDER, folder().toString());
        settings.put("bench.checkpoints", Integer.toString(CHECKPOINTS));
        return settings;
    }

    /** Returns the folder of a module of peers. */
    Path module(String name) {
        return workspace.root().resolve("benchmarks").resolve(name);
    }
}
