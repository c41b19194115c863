package io.millrace.analytics.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.millrace.analytics.JobInProcess;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.shop.check.CheckResult;
import io.millrace.shop.visitors.VisitorOptions;
import io.millrace.shop.visitors.VisitorTopics;
import io.millrace.shop.visitors.Visitors;
import io.millrace.shop.visitors.check.VisitorChecks;
import io.millrace.shop.visitors.check.VisitorTargets;
import io.millrace.testing.KafkaTopics;
import io.millrace.testing.Warehouse;
import io.millrace.testing.WithServers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Hours of visitors, with all that goes wrong: every result is what a program comes to that counts the raw topics anew. */
@WithServers({Server.KAFKA, Server.CLICKHOUSE, Server.REDIS})
class VisitorsIT {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(2)
            .build());

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String NAME = "visitors";
    private static final int LEAST_USERS = 50;

    /** So long ago that their time runs fast to the end, however long something is waited for. */
    private static final Duration AGO = Duration.ofHours(36);

    /** So many that some of them are in each topic. */
    private static final long TOO_LATE = 60;

    private static final String SCRIPT = "/io/millrace/common/sink/redis/versioned-write.lua";

    private Addresses addresses;

    /** The counters' keys are those of every test, and the time of this one is later than that of others. */
    @BeforeEach
    void begin(Addresses servers) throws Exception {
        addresses = servers;
        Warehouse.migrated(addresses.clickhouseUrl(), NAME);
        forget();
    }

    @AfterEach
    void forget() {
        RedisClient client = RedisClient.create(addresses.redisUri());
        try (StatefulRedisConnection<String, String> redis = client.connect()) {
            redis.sync().flushall();
        } finally {
            client.shutdown();
        }
    }

    @Test
    void everyResultIsWhatTheRawTopicsComeTo(@InjectMiniCluster MiniCluster cluster) throws Exception {
        Topics topics = Topics.make(addresses, NAME);
        VisitorTopics read = new VisitorTopics(NAME + "-views", NAME + "-actions", NAME + "-metrics");
        VisitorOptions options = VisitorOptions.beginning(
                        Instant.now().truncatedTo(ChronoUnit.HOURS).minus(AGO),
                        ThreadLocalRandom.current().nextLong(1, 1_000_000))
                .withSpeed(300);
        VisitorChecks checks = new VisitorChecks(targets(read, options.begin()));
        String yaml = topics.yaml(0)
                        .replace("disorder: 1 s", "disorder: 5 s, idleness: 3 s")
                        .replace("clickhouse: {", "clickhouse: {database: " + NAME + ", ")
                        .replace("mismatch: {", "mismatch: {least-users: " + LEAST_USERS + ", ")
                + "fence: none\nsearch-terms: {most: 10}\n";
        try (JobInProcess job = JobInProcess.start(cluster, yaml, null);
                Visitors visitors = Visitors.start(addresses.kafkaBootstrap(), read, options)) {
            await("the history")
                    .atMost(PATIENCE)
                    .until(() -> checks.told().isAfter(options.begin().plus(Duration.ofHours(2))));
            KafkaTopics kafka = new KafkaTopics(addresses.kafkaBootstrap());
            await("an hour in which one variant has too many users")
                    .atMost(PATIENCE)
                    .until(() -> !kafka.read(NAME + "-alerts").isEmpty());
            visitors.letSomeBeTooLate();
            await("some who are too late")
                    .atMost(PATIENCE)
                    .until(() -> visitors.counts().all().getOrDefault("too late", 0L) > TOO_LATE);
            await("a user to write again").atMost(PATIENCE).until(checks::noteKeys);
            String made = options + "\n" + visitors.stop();

            List<CheckResult> results = checks.awaitEqual(PATIENCE);
            assertThat(results).as(report(made, results)).allMatch(CheckResult::isOk);
            assertThat(results)
                    .as(report(made, results))
                    .noneMatch(
                            result -> result.counts().matches("(rows|events)=0|.* (repeated|late|dead-lettered)=0 .*"));
            checks.writeEarlierRows();
            checks.writeEarlierKeys(script());
            List<CheckResult> guarded = checks.run();
            assertThat(guarded)
                    .as(report("earlier rows and keys again", guarded))
                    .allMatch(CheckResult::isOk);
        }
        assertThat(checks.run()).as("what the job has left").allMatch(CheckResult::isOk);
        for (String target : VisitorChecks.names()) {
            String damaged = checks.sabotage(target);
            assertThat(checks.run())
                    .as("control: a damaged row of " + target)
                    .anyMatch(result ->
                            result.target().equals(target) && result.report().contains(damaged));
        }
        checks.forgetVersions();
        checks.writeEarlierRows();
        checks.forgetKeyVersions();
        checks.writeEarlierKeys(script());
        assertThat(checks.run())
                .as("control: earlier rows and keys where versions are not compared; one of each was damaged before")
                .filteredOn(result -> VisitorChecks.names().contains(result.target()))
                .hasSize(8)
                .allMatch(result -> result.differ() > 1);
        assertThat(checks.run())
                .as("control: earlier counters")
                .anyMatch(result -> result.target().equals("redis.live_counters") && !result.isOk());
    }

    /** The one that the job writes by. */
    private static String script() throws IOException {
        try (InputStream script = VisitorsIT.class.getResourceAsStream(SCRIPT)) {
            assertThat(script).as(SCRIPT).isNotNull();
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private VisitorTargets targets(VisitorTopics topics, Instant since) {
        return new VisitorTargets(
                addresses.kafkaBootstrap(),
                addresses.clickhouseUrl(),
                NAME,
                addresses.redisUri(),
                topics,
                new VisitorTargets.Told(NAME + "-high-value", NAME + "-alerts", NAME + "-late", NAME + "-letters"),
                NAME,
                since,
                Duration.ofSeconds(5),
                10,
                LEAST_USERS);
    }

    private static String report(String made, List<CheckResult> results) {
        StringBuilder report = new StringBuilder(made);
        results.forEach(result -> report.append('\n').append(result.report()));
        return report.toString();
    }
}
