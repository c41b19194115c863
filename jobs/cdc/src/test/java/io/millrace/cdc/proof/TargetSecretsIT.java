package io.millrace.cdc.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.millrace.local.LocalServers;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Passwords of Redis, Elasticsearch and Kafka's clients, given in the environment, that must be nowhere else. */
@WithServers({Server.KAFKA, Server.POSTGRES, Server.REDIS, Server.ELASTICSEARCH, Server.FLINK})
class TargetSecretsIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String REDIS = "canary-redis-3b9e";
    private static final String WRONG = "canary-wrong-77d0";
    private static final String SEARCH = "canary-search-5a1c";
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "CANARY_REDIS", REDIS,
            "CANARY_SEARCH", SEARCH,
            "CANARY_SOURCE", "canary-source-91fe",
            "CANARY_TARGET", "canary-target-0c44",
            "CANARY_LETTERS", "canary-letters-e2b8");

    private final LocalServers servers;
    private final Traces traces;
    private final RedisClient client;
    private final RedisCommands<String, String> redis;

    TargetSecretsIT(LocalServers servers) {
        this.servers = servers;
        this.traces = new Traces(servers);
        this.client = RedisClient.create(servers.addresses().redisUri());
        this.redis = client.connect().sync();
    }

    @BeforeEach
    void close() {
        redis.configSet("requirepass", REDIS);
    }

    @AfterEach
    void open() {
        redis.configSet("requirepass", "");
        client.shutdown();
    }

    @Test
    void theyAreInNoLogNoPageNoCheckpointAndNoError() throws Exception {
        try (CdcPipeline pipeline = CdcPipeline.open("targetsecrets", servers)) {
            String topic = pipeline.names().topic("notes");
            pipeline.topics().create(topic, 1);
            pipeline.topics().createCompacted("copied." + topic, 1);
            ForeignTopic foreign = new ForeignTopic(topic);
            foreign.put("c", 1, "first");
            pipeline.topics().write(foreign.drain());

            assertSaysNothing(refused(pipeline, topic));
            String failing = pipeline.submit(arguments(pipeline, topic, 10), with("CANARY_REDIS", WRONG));
            await("the job fails")
                    .atMost(PATIENCE)
                    .until(() -> pipeline.flink().failure(failing).contains("WRONGPASS"));
            assertSaysNothing(traces.pages(failing));
            pipeline.flink().cancel(failing);

            String job = pipeline.submit(arguments(pipeline, topic, 10), ENVIRONMENT);
            await("the row is in both targets").atMost(PATIENCE).untilAsserted(() -> {
                assertThat(pipeline.topics().read("copied." + topic)).isNotEmpty();
                assertThat(redis.get(pipeline.names().keys("notes") + 1)).contains("first");
            });
            assertSaysNothing(traces.pages(job));
            pipeline.flink().stop(job);

            for (String secret : secrets()) {
                assertThat(traces.states(secret)).as(secret).isEmpty();
                assertThat(traces.logs(secret)).as(secret).isEmpty();
            }
            assertThat(traces.logs("ssl.key.password = [hidden]"))
                    .as("what Kafka's clients log of theirs, so that the search above can fail")
                    .isNotEmpty();
        }
    }

    private static void assertSaysNothing(String said) {
        assertThat(said).isNotEmpty();
        assertThat(secrets()).allSatisfy(secret -> assertThat(said).doesNotContain(secret));
    }

    /** Every secret, and what is made of Elasticsearch's on the wire. */
    private static List<String> secrets() {
        List<String> secrets = new ArrayList<>(ENVIRONMENT.values());
        secrets.add(WRONG);
        secrets.add(Base64.getEncoder().encodeToString(("canary:" + SEARCH).getBytes(StandardCharsets.UTF_8)));
        return secrets;
    }

    private static Map<String, String> with(String name, String value) {
        Map<String, String> changed = new HashMap<>(ENVIRONMENT);
        changed.put(name, value);
        return changed;
    }

    /** Returns what is said about a configuration that is wrong elsewhere. */
    private String refused(CdcPipeline pipeline, String topic) {
        Throwable error = catchThrowable(() -> pipeline.submit(arguments(pipeline, topic, 0), ENVIRONMENT));
        assertThat(error).hasMessageContaining("max-entries");
        return error.getMessage();
    }

    private List<String> arguments(CdcPipeline pipeline, String topic, int maxEntries) {
        return JobFiles.inline("""
                name: cdc-target-secrets
                job: {parallelism: 1, checkpoint-interval: 500 ms}
                source:
                  type: kafka
                  kafka: {bootstrap-servers: "%1$s", topics: [%2$s], group-id: %3$s,
                          properties: {ssl.key.password: "${env:CANARY_SOURCE}"}}
                targets:
                  kafka: {bootstrap-servers: "%1$s", topic-prefix: copied.%4$s,
                          properties: {ssl.key.password: "${env:CANARY_TARGET}"}}
                  elasticsearch: {hosts: ["%5$s"], indices: {replicas: 0},
                                  username: canary, password: "${env:CANARY_SEARCH}"}
                  redis: {uri: "%6$s", password: "${env:CANARY_REDIS}", batch: {max-entries: %7$d}}
                dead-letters: {topic: %8$s, overflow-folder: "%9$s", bootstrap-servers: "%1$s",
                               properties: {ssl.key.password: "${env:CANARY_LETTERS}"}}
                routes:
                  - table: public.notes
                    columns: {id: bigint, body: text}
                    kafka: {}
                    elasticsearch: {index: %10$s}
                    redis: {mode: write, key: "%11$s{id}"}
                """.formatted(
                        servers.addresses().kafkaBootstrap(),
                        topic,
                        pipeline.names().group(),
                        pipeline.names().topicPrefix(),
                        servers.addresses().elasticsearchUrl(),
                        servers.addresses().redisUri(),
                        maxEntries,
                        pipeline.names().deadLetters(),
                        pipeline.overflow(),
                        pipeline.names().index("notes"),
                        pipeline.names().keys("notes")));
    }
}
