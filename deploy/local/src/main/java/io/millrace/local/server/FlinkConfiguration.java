package io.millrace.local.server;

import io.millrace.local.Addresses;
import io.millrace.local.Port;
import io.millrace.local.Server;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What Flink's processes are told, in the words of {@code config.yaml}. */
final class FlinkConfiguration {

    /** Slots of one TaskManager. */
    static final int SLOTS = 6;

    private FlinkConfiguration() {}

    static String jobManager(Site site) {
        Map<String, Object> all = cluster(site);
        all.put("jobmanager.bind-host", Addresses.HOST);
        all.put("rest.bind-address", Addresses.HOST);
        all.put("rest.bind-port", site.port(Port.FLINK));
        all.put("blob.server.port", site.port(Port.FLINK_BLOB));
        all.put("blob.storage.directory", site.folder(Server.FLINK).resolve("blobs"));
        all.put("metrics.internal.query-service.port", site.port(Port.FLINK_JOBMANAGER_QUERY));
        all.put("metrics.reporter.prom.port", text(site.port(Port.FLINK_JOBMANAGER_METRICS)));
        all.put("metrics.fetcher.update-interval", "1 s");
        // or whoever asks whether a checkpoint is in progress, or how many have completed, is told of 3 s ago
        all.put("rest.cache.checkpoint-statistics.timeout", "1 ms");
        all.put("web.submit.enable", false);
        all.put("web.cancel.enable", true);
        all.put("web.upload.dir", site.folder(Server.FLINK).resolve("uploads"));
        return yaml(all);
    }

    static String taskManager(Site site, FlinkTaskManager.Ordinal ordinal, String resourceId) {
        Map<String, Object> all = cluster(site);
        all.put("taskmanager.host", Addresses.HOST);
        all.put("taskmanager.bind-host", Addresses.HOST);
        all.put("taskmanager.resource-id", resourceId);
        // any free port: under the address of one that was killed, the JobManager may not listen to the next one
        all.put("taskmanager.rpc.port", text(0));
        all.put("metrics.internal.query-service.port", text(0));
        all.put("taskmanager.data.port", site.port(ordinal.data()));
        all.put("taskmanager.data.bind-port", site.port(ordinal.data()));
        all.put("metrics.reporter.prom.port", text(site.port(ordinal.metrics())));
        all.put("taskmanager.numberOfTaskSlots", SLOTS);
        all.put("taskmanager.cpu.cores", (double) SLOTS);
        all.putAll(FlinkMemory.taskManager());
        all.put(
                "io.tmp.dirs",
                site.folder(Server.FLINK).resolve(ordinal.label()).resolve("tmp"));
        return yaml(all);
    }

    private static Map<String, Object> cluster(Site site) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("jobmanager.rpc.address", Addresses.HOST);
        all.put("jobmanager.rpc.port", site.port(Port.FLINK_RPC));
        all.put("rest.address", Addresses.HOST);
        all.put("rest.port", site.port(Port.FLINK));
        all.put("io.tmp.dirs", site.folder(Server.FLINK).resolve("tmp"));
        all.put("parallelism.default", 1);
        all.put("cluster.evenly-spread-out-slots", true);
        all.put("state.backend.type", "rocksdb");
        all.put("state.backend.rocksdb.log.level", "HEADER_LEVEL");
        all.put("execution.checkpointing.incremental", true);
        all.put("execution.checkpointing.dir", site.data().checkpoints().toUri());
        all.put(
                "execution.checkpointing.savepoint-dir",
                site.data().savepoints().toUri());
        all.put("execution.checkpointing.externalized-checkpoint-retention", "RETAIN_ON_CANCELLATION");
        all.put("restart-strategy.type", "exponential-delay");
        all.put("restart-strategy.exponential-delay.initial-backoff", "1 s");
        all.put("restart-strategy.exponential-delay.max-backoff", "15 s");
        // a killed TaskManager is noticed after two heartbeats that cannot be delivered, a frozen one after the
        // time-out
        all.put("heartbeat.interval", "2 s");
        all.put("heartbeat.timeout", "30 s");
        // all start together: a TaskManager that comes before its JobManager asks again at once, not after 10 s
        all.put("cluster.registration.error-delay", "200 ms");
        all.putAll(FlinkPlugins.objectStore(System.getenv()));
        all.put("metrics.reporters", "prom");
        all.put(
                "metrics.reporter.prom.factory.class",
                "org.apache.flink.metrics.prometheus.LoopbackPrometheusReporter$Factory");
        all.putAll(FlinkSettings.read(site.data()));
        return all;
    }

    /** A reporter sees those of its settings that are text; a number is lost without a word. */
    private static String text(int number) {
        return Integer.toString(number);
    }

    static String yaml(Map<String, Object> all) {
        return all.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + value(entry.getValue()))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String value(Object value) {
        boolean bare = value instanceof Number || value instanceof Boolean;
        return bare
                ? value.toString()
                : "\"" + value.toString().replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    /** Returns the packages that Flink needs opened on Java 17. */
    static List<String> opens() {
        return List.of(
                "--add-exports=java.rmi/sun.rmi.registry=ALL-UNNAMED",
                "--add-exports=jdk.compiler/com.sun.tools.javac.api=ALL-UNNAMED",
                "--add-exports=java.security.jgss/sun.security.krb5=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/java.net=ALL-UNNAMED",
                "--add-opens=java.base/java.io=ALL-UNNAMED",
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
                "--add-opens=java.base/java.text=ALL-UNNAMED",
                "--add-opens=java.base/java.time=ALL-UNNAMED",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
                "--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED",
                "--add-opens=java.base/java.util.concurrent.locks=ALL-UNNAMED");
    }
}
