package io.millrace.cdc.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.local.LocalServers;
import io.millrace.local.Server;
import io.millrace.testing.ServerCertificate;
import io.millrace.testing.WithServers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A password that must be nowhere, over connections that must be encrypted. */
@WithServers({Server.KAFKA, Server.POSTGRES, Server.FLINK})
class SecretsIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String USER = "canary_user";
    private static final String PASSWORD = "canary-7c1f-sings";

    @TempDir
    private Path folder;

    private final LocalServers servers;

    SecretsIT(LocalServers servers) {
        this.servers = servers;
    }

    @Test
    void aPasswordIsInNoLogNoPageNoCheckpointAndNoError() throws Exception {
        try (CdcPipeline pipeline = CdcPipeline.open("secrets", servers)) {
            admitOverTlsWithAPassword(pipeline);
            pipeline.execute("INSERT INTO coupons (code) VALUES ('tls')");
            String topic = pipeline.names().topic("coupons");

            assertThatThrownBy(() -> pipeline.submit(arguments(pipeline, "canary-flies-wrong")))
                    .hasMessageContaining("password authentication failed")
                    .hasMessageContaining("`targets.postgres` cannot be used")
                    .hasMessageNotContaining("canary-flies-wrong");
            String job = pipeline.submit(arguments(pipeline, PASSWORD));
            pipeline.topics().awaitAtLeast(1, topic);
            await("the row is in its read model")
                    .atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> new PrintedRows(pipeline.database(), "model.coupons_current", List.of("code"))
                            .values("code = 'tls'")
                            .equals(List.of("tls")));

            Traces traces = new Traces(servers);
            assertThat(traces.pages(job)).doesNotContain(PASSWORD);
            pipeline.flink().awaitFinished(job, "published topics");
            pipeline.flink().stop(job);
            assertThat(traces.states(PASSWORD)).isEmpty();
            assertThat(traces.logs(PASSWORD)).isEmpty();
            assertThat(traces.logs(USER))
                    .as("what else the connections log, so that the search above can fail")
                    .anyMatch(log -> log.contains("taskmanager"));
        }
    }

    private void admitOverTlsWithAPassword(CdcPipeline pipeline) throws Exception {
        ServerCertificate own = ServerCertificate.make(folder);
        Files.writeString(folder.resolve("root.pem"), own.certificate());
        onServer(pipeline, base64(own.key()), "base64 -d > server.key; chmod 600 server.key");
        onServer(pipeline, base64(own.certificate()), "base64 -d > server.crt");
        onServer(pipeline, "hostssl all " + USER + " all scram-sha-256", "cat - pg_hba.conf > hba; mv hba pg_hba.conf");
        onServer(pipeline, "hostnossl all " + USER + " all reject", "cat - pg_hba.conf > hba; mv hba pg_hba.conf");
        pipeline.execute("ALTER SYSTEM SET ssl = on");
        pipeline.execute("CREATE ROLE " + USER + " SUPERUSER REPLICATION LOGIN PASSWORD '" + PASSWORD + "'");
        pipeline.execute("SELECT pg_reload_conf()");
    }

    /** Runs a command of the shell as the server's own user, in its data folder. */
    private static void onServer(CdcPipeline pipeline, String input, String command) throws SQLException {
        pipeline.execute("COPY (SELECT '" + input + "') TO PROGRAM '" + command + "'");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> arguments(CdcPipeline pipeline, String password) throws IOException {
        Path file = Files.writeString(folder.resolve("password"), password);
        return JobFiles.inline("""
                name: cdc-secrets
                job: {parallelism: 1, checkpoint-interval: 500 ms}
                source:
                  type: postgres
                  postgres:
                    {host: 127.0.0.1, port: %d, database: %s, user: %s, password: "${file:%s}", slot: %s,
                     publication: %s, tls: {mode: verify-full, root-certificate: "%s"}}
                targets:
                  postgres:
                    {host: 127.0.0.1, port: %d, database: %s, user: %s, password: "${file:%s}", schema: model,
                     tls: {mode: verify-full, root-certificate: "%s"}}
                  kafka: {bootstrap-servers: "%s", topic-prefix: %s}
                dead-letters: {topic: %s, overflow-folder: "%s"}
                routes: [{table: public.coupons, kafka: {}, postgres: {}}]
                """.formatted(
                        servers.addresses().postgresPort(),
                        pipeline.names().database(),
                        USER,
                        file,
                        pipeline.names().slot(),
                        pipeline.names().slot(),
                        folder.resolve("root.pem"),
                        servers.addresses().postgresPort(),
                        pipeline.names().database(),
                        USER,
                        file,
                        folder.resolve("root.pem"),
                        servers.addresses().kafkaBootstrap(),
                        pipeline.names().topicPrefix(),
                        pipeline.names().deadLetters(),
                        pipeline.overflow()));
    }
}
