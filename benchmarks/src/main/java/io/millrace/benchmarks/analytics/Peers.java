package io.millrace.benchmarks.analytics;

import io.millrace.benchmarks.harness.Role;
import io.millrace.benchmarks.process.JavaProgram;
import io.millrace.benchmarks.stage.BenchJob;
import io.millrace.benchmarks.stage.RunHooks;
import io.millrace.cli.CommandFailure;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** What a user would pick instead, on the same servers. */
record Peers(Scene scene) {

    private static final String STREAMS_MAIN = "io.millrace.benchmarks.streams.StreamsMain";

    /**
     * Returns a job of the module of peers for Flink.
     *
     * @param job its name in that module's main class
     */
    FlinkContender flink(String name, String job, Work work, Map<String, String> more) throws IOException {
        Path jar = jar();
        Map<String, String> settings = new LinkedHashMap<>(scene.settings(work.topic()));
        settings.put("bench.job", job);
        settings.put("bench.clickhouse", scene.addresses().clickhouseUrl());
        settings.put("bench.redis.port", Integer.toString(scene.addresses().redisPort()));
        settings.putAll(more);
        return new FlinkContender(
                name,
                Role.PEER,
                scene,
                () -> BenchJob.startJar(scene, jar, settings),
                work.target(),
                scene.drain(work.events()),
                slowly(work));
    }

    /** Returns Kafka Streams; it reads everything twice, once under the name of the page. */
    ProgramContender kafkaStreams(String name, Work work, boolean visitors) throws IOException {
        Path target = scene.module("kafka-streams").resolve("target");
        String jars = Files.readString(target.resolve("classpath")).strip();
        Map<String, String> settings = new LinkedHashMap<>(scene.settings(work.topic()));
        settings.put("bench.clickhouse", scene.addresses().clickhouseUrl());
        settings.put("bench.visitors", Boolean.toString(visitors));
        settings.put("org.slf4j.simpleLogger.defaultLogLevel", "warn");
        JavaProgram program = new JavaProgram(
                STREAMS_MAIN, target.resolve("classes") + File.pathSeparator + jars, Scene.JVM, settings);
        return new ProgramContender(name, scene, program, work, slowly(work));
    }

    /** Returns a consumer of KafkaJS, which is one process with one thread. */
    ProgramContender kafkaJs(Work work) throws IOException, InterruptedException {
        NodeProgram program = NodeProgram.install(
                scene,
                Map.of(
                        "BENCH_KAFKA", scene.addresses().kafkaBootstrap(),
                        "BENCH_TOPIC", work.topic(),
                        "BENCH_CLICKHOUSE", scene.addresses().clickhouseUrl(),
                        "BENCH_COMMIT_SECONDS", Integer.toString(Scene.CHECKPOINTS)));
        return new ProgramContender("kafkajs", scene, program, work, scene.slowStart(work.topic(), work.events(), 1));
    }

    private RunHooks slowly(Work work) {
        return scene.slowStart(work.topic(), work.events(), Scene.THREADS);
    }

    private Path jar() throws IOException {
        try (Stream<Path> files = Files.list(scene.module("flink").resolve("target"))) {
            return files.filter(file -> file.getFileName().toString().matches("millrace-benchmarks-flink-.*\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new CommandFailure("benchmarks/flink is not built"));
        }
    }
}
