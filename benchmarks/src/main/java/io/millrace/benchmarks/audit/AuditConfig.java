package io.millrace.benchmarks.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A configuration of the job, as a user would write it: what is not said here has its default.
 *
 * @param archive its folder
 */
record AuditConfig(String topic, KeyDatabase keys, SigningFiles signing, Path archive) {

    /** What the archive is called. */
    static final String ARCHIVE = "bench";

    /** In seconds: files end, and are seen. */
    private static final int CHECKPOINTS = 1;

    Path write(Depot depot) throws IOException {
        Path masterKey = Files.writeString(depot.folder().resolve("bench-master-key"), KeyDatabase.MASTER_KEY);
        return Files.writeString(depot.folder().resolve("bench-audit.yaml"), """
                name: bench-audit
                job: {parallelism: %d, checkpoint-interval: %d s, state-backend: hashmap}
                source:
                  kafka: {bootstrap-servers: "%s"}
                  topic: %s
                key-store: {host: %s, port: %d, database: %s, user: %s, master-key: "${file:%s}"}
                archive: {name: %s, address: "%s"}
                signing: {key: "${file:%s}", public-keys: "${file:%s}"}
                dead-letters: {overflow-folder: "%s"}
                """.formatted(
                        Depot.THREADS,
                        CHECKPOINTS,
                        depot.addresses().kafkaBootstrap(),
                        topic,
                        depot.addresses().postgresHost(),
                        depot.addresses().postgresPort(),
                        keys.name(),
                        depot.addresses().postgresUser(),
                        masterKey,
                        ARCHIVE,
                        archive.toUri(),
                        signing.privateKey(),
                        signing.publicKeys(),
                        depot.folder().resolve("dead-letters").toUri()));
    }
}
