package io.millrace.benchmarks.cdc;

import io.millrace.local.Addresses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Configurations of our job, as a user would write them: what is not said here has its default. */
record JobFiles(Arena arena) {

    static final String CAPTURE = "bench-capture";
    static final String SYNC = "bench-sync";
    static final String CHECKPOINTS = "3 s";

    /** Writes that of a capture of tables. */
    Path capture(String slot, int parallelism, List<String> tables) throws IOException {
        Addresses at = arena.addresses();
        String routes = tables.stream()
                .map(table -> "  - {table: public." + table + ", kafka: {}}\n")
                .collect(Collectors.joining());
        return write(CAPTURE, """
                name: %s
                job: {parallelism: %d, checkpoint-interval: %s}
                source:
                  type: postgres
                  postgres:
                    host: %s
                    port: %d
                    database: %s
                    user: %s
                    slot: %s
                    publication: %s
                targets:
                  kafka: {bootstrap-servers: "%s"}
                dead-letters: {overflow-folder: "%s"}
                routes:
                %s""".formatted(
                        CAPTURE,
                        parallelism,
                        CHECKPOINTS,
                        at.postgresHost(),
                        at.postgresPort(),
                        at.postgresDatabase(),
                        at.postgresUser(),
                        slot,
                        Arena.PUBLICATION,
                        at.kafkaBootstrap(),
                        overflow(),
                        routes));
    }

    /** Writes that of a sync of the table to some targets. */
    Path sync(List<SyncTarget> targets) throws IOException {
        Addresses at = arena.addresses();
        return write(SYNC, """
                name: %s
                job: {parallelism: %d, checkpoint-interval: %s}
                source:
                  type: kafka
                  kafka: {bootstrap-servers: "%s", topics: [%s]}
                targets:
                %sdead-letters: {overflow-folder: "%s"}
                routes:
                  - table: public.%s
                %s""".formatted(
                        SYNC,
                        Arena.THREADS,
                        CHECKPOINTS,
                        at.kafkaBootstrap(),
                        BenchTopic.of(Arena.TABLE),
                        targets.stream().map(target -> target.connection(at)).collect(Collectors.joining()),
                        overflow(),
                        Arena.TABLE,
                        targets.stream().map(SyncTarget::route).collect(Collectors.joining())));
    }

    private String overflow() {
        return arena.folder().resolve("dead-letters").toUri().toString();
    }

    private Path write(String name, String yaml) throws IOException {
        return Files.writeString(arena.folder().resolve(name + ".yaml"), yaml);
    }
}
