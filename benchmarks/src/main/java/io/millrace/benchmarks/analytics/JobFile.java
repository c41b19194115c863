package io.millrace.benchmarks.analytics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A configuration of our job, as a user would write it: what is not said here has its default. Only {@code windows.ahead} is
 * more than the events' whole time: it is also the most that is read of it in a second, and would be measured instead.
 *
 * @param result the one that is wanted
 * @param backend of the state
 */
record JobFile(String result, String backend, int parallelism) {

    static JobFile of(String result) {
        return new JobFile(result, "hashmap", Scene.THREADS);
    }

    JobFile on(String otherBackend) {
        return new JobFile(result, otherBackend, parallelism);
    }

    JobFile with(int otherParallelism) {
        return new JobFile(result, backend, otherParallelism);
    }

    Path write(Scene scene) throws IOException {
        return Files.writeString(scene.folder().resolve("bench-analytics.yaml"), """
                name: bench-analytics
                results: [%s]
                windows: {ahead: 1 d}
                job: {parallelism: %d, checkpoint-interval: %d s, state-backend: %s}
                source:
                  kafka: {bootstrap-servers: "%s"}
                targets:
                  clickhouse: {url: "%s"}
                  redis: {uri: "%s"}
                dead-letters: {overflow-folder: "%s"}
                """.formatted(
                        result,
                        parallelism,
                        Scene.CHECKPOINTS,
                        backend,
                        scene.addresses().kafkaBootstrap(),
                        scene.addresses().clickhouseUrl(),
                        scene.addresses().redisUri(),
                        scene.folder().resolve("dead-letters").toUri()));
    }
}
