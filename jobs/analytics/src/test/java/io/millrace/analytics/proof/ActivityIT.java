package io.millrace.analytics.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.millrace.analytics.JobInProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** High-value users from the topic to Redis, and once to a topic, on the real servers. */
class ActivityIT extends OnRealServers {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    private RedisClient client;
    private StatefulRedisConnection<String, String> redis;

    @BeforeEach
    void connect() throws Exception {
        migrate();
        client = RedisClient.create(addresses.redisUri());
        redis = client.connect();
    }

    @AfterEach
    void close() {
        redis.close();
        client.shutdown();
    }

    @Test
    void aUserIsInRedisWhileOfHighValueAndIsToldOfOnceForEachStay() throws Exception {
        Topics topics = topics("stays");
        String savepoint;
        try (JobInProcess job = start(topics.yaml(0))) {
            topics.actions(actions());
            topics.actionTime(minute(5));
            awaitValue("stays-ada", "\"windowEnd\":\"2026-01-31T12:05:00Z\"");
            assertThat(value("stays-ada")).contains("\"clicks\":0", "\"purchases\":1", "\"events\":1");
            assertThat(redis.sync().pttl("user:activity:stays-ada")).isBetween(1L, 3_600_000L);
            awaitValue("stays-bob", "\"clicks\":51");
            assertThat(value("stays-eve")).isNull();
            savepoint = job.stop();
        }
        try (JobInProcess job = start(topics.yaml(0), savepoint)) {
            topics.actionTime(minute(10));
            awaitValue("stays-ada", "\"windowEnd\":\"2026-01-31T12:10:00Z\"");
            topics.actionTime(minute(70));
            await("ada has left").atMost(PATIENCE).until(() -> value("stays-ada") == null);
            assertThat(users(topics)).containsExactly("stays-ada");
            topics.actions(List.of(purchase("stays-ada", "again", minute(71))));
            topics.actionTime(minute(75));
            await("ada is told of again")
                    .atMost(PATIENCE)
                    .until(() -> users(topics), List.of("stays-ada", "stays-ada")::equals);
        }
    }

    /** Its slice is over, and the next one has begun; the control is a purchase that comes a minute later. */
    @Test
    void aLatePurchaseCorrectsTheKeyAndIsToldOfOnce() throws Exception {
        Topics topics = topics("tardy");
        try (JobInProcess job = start(topics.yaml(0))) {
            topics.actions(List.of(
                    purchase("tardy-first", "1", minute(1)),
                    click("tardy-ada", "2", minute(1)),
                    click("tardy-eve", "3", minute(1))));
            topics.actionTime(minute(5));
            awaitValue("tardy-first", "\"windowEnd\":\"2026-01-31T12:05:00Z\"");
            assertThat(value("tardy-ada")).isNull();
            topics.actions(List.of(click("tardy-ada", "4", minute(5)), purchase("tardy-ada", "5", minute(4))));
            awaitValue("tardy-ada", "\"windowEnd\":\"2026-01-31T12:05:00Z\"");
            assertThat(value("tardy-ada")).contains("\"clicks\":1", "\"purchases\":1", "\"events\":2");
            topics.actionTime(minute(10));
            awaitValue("tardy-ada", "\"windowEnd\":\"2026-01-31T12:10:00Z\"");
            assertThat(value("tardy-ada")).contains("\"clicks\":2", "\"purchases\":1", "\"events\":3");
            topics.actions(List.of(purchase("tardy-eve", "6", minute(4))));
            await("what came too late")
                    .atMost(PATIENCE)
                    .until(() -> topics.late().stream()
                            .anyMatch(event -> event.contains("tardy-eve") && event.contains("user_activity")));
            topics.actionTime(minute(15));
            awaitValue("tardy-ada", "\"windowEnd\":\"2026-01-31T12:15:00Z\"");
            await("who is told of")
                    .atMost(PATIENCE)
                    .until(() -> users(topics), List.of("tardy-first", "tardy-ada")::equals);
        }
        assertThat(value("tardy-eve")).isNull();
    }

    /** And the control, without the fence. */
    @Test
    void historyIsInRedisButNobodyIsToldOfIt() throws Exception {
        Topics topics = topics("history");
        topics.actions(List.of(purchase("history-ada", "1", minute(1))));
        try (JobInProcess job = start(topics.yaml(0))) {
            topics.actions(List.of(purchase("history-bob", "2", minute(1))));
            topics.actionTime(minute(5));
            awaitValue("history-ada", "\"purchases\":1");
            await("bob").atMost(PATIENCE).until(() -> users(topics), List.of("history-bob")::equals);
        }
        try (JobInProcess job = start(topics.yaml(1) + "fence: none\n")) {
            await("all").atMost(PATIENCE).until(() -> users(topics).contains("history-ada"));
        }
    }

    /** One who buys, told three times; one who clicks much; one who does little. */
    private static List<String> actions() {
        List<String> actions = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            actions.add(purchase("stays-ada", "bought", minute(1)));
            // each of its partition: by turns
            actions.add(click("stays-eve", "once", minute(1)));
        }
        for (int i = 0; i < 51; i++) {
            actions.add(click("stays-bob", "click " + i, minute(2)));
        }
        return actions;
    }

    private static String click(String user, String id, Instant time) {
        return "{\"eventId\":\"%s\",\"userId\":\"%s\",\"type\":\"click\",\"timestamp\":\"%s\"}"
                .formatted(id, user, time);
    }

    private static String purchase(String user, String id, Instant time) {
        return ("{\"eventId\":\"%s\",\"userId\":\"%s\",\"type\":\"purchase\",\"orderId\":\"o\",\"amount\":\"19.99\","
                        + "\"currency\":\"EUR\",\"timestamp\":%d}")
                .formatted(id, user, time.toEpochMilli());
    }

    private static Instant minute(int minute) {
        return NOON.plus(Duration.ofMinutes(minute));
    }

    private void awaitValue(String user, String part) {
        await(user + " with " + part)
                .atMost(PATIENCE)
                .until(() -> value(user), value -> value != null && value.contains(part));
    }

    private String value(String user) {
        return redis.sync().get("user:activity:" + user);
    }

    private static List<String> users(Topics topics) {
        return topics.highValueUsers().stream()
                .map(value -> value.replaceAll(".*\"userId\":\"([^\"]*)\".*", "$1"))
                .toList();
    }
}
