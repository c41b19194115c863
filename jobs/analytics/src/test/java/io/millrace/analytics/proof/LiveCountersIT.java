package io.millrace.analytics.proof;

import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.millrace.analytics.JobInProcess;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Counters from the topics to hashes of Redis, on the real servers. In Kolkata a day begins at 18:30 UTC. */
class LiveCountersIT extends OnRealServers {

    private static final Instant DAY = Instant.parse("2026-01-30T18:30:00Z");
    private static final Instant HOUR = Instant.parse("2026-01-31T12:30:00Z");
    private static final Instant NOW = HOUR.plusSeconds(90);

    private RedisClient client;
    private StatefulRedisConnection<String, String> redis;

    @BeforeEach
    void connect() throws Exception {
        migrate();
        client = RedisClient.create(addresses.redisUri());
        redis = client.connect();
        redis.sync().flushall();
    }

    @AfterEach
    void close() {
        redis.close();
        client.shutdown();
    }

    @Test
    void showsWhatIsOfThisMinuteHourAndDayOnceAndGoesOnAfterAReplay() throws Exception {
        Topics topics = topics("live");
        List<String> views = new ArrayList<>();
        List<String> actions = new ArrayList<>();
        List<Instant> times = List.of(
                DAY.minusMillis(1), DAY, HOUR.minusMillis(1), HOUR, NOW.minusSeconds(31), NOW.minusSeconds(30), NOW);
        for (int i = 0; i < times.size(); i++) {
            views.add("{\"eventId\":\"v%1$d\",\"pageUrl\":\"/\",\"timestamp\":\"%2$s\"}".formatted(i, times.get(i)));
            actions.add(action("click", i, times.get(i), ""));
            actions.add(action("purchase", i, times.get(i), ",\"amount\":\"0.10\",\"currency\":\"LIV\""));
        }
        for (int generation = 0; generation < 2; generation++) {
            try (JobInProcess job = start(yaml(topics, generation))) {
                if (generation == 0) {
                    topics.views(inBothPartitions(views));
                    topics.actions(inBothPartitions(actions));
                }
                awaitGeneration(generation);
                awaitCounter("views", "2", "4", "6");
                awaitCounter("clicks", "2", "4", "6");
                awaitCounter("purchases", "2", "4", "6");
                awaitCounter("revenue:LIV", "0.20", "0.40", "0.60");
            }
        }
    }

    private void awaitGeneration(int generation) {
        await("generation " + generation).atMost(PATIENCE).until(() -> {
            String version = redis.sync().get("{live:clicks}:v");
            return version != null && Long.parseLong(version) >> 55 == generation;
        });
    }

    private void awaitCounter(String name, String minute, String hour, String today) {
        await(name).atMost(PATIENCE).until(() -> {
            Map<String, String> hash = redis.sync().hgetall("live:" + name);
            return minute.equals(hash.get("minute"))
                    && hour.equals(hash.get("hour"))
                    && today.equals(hash.get("today"))
                    && HOUR.toString().equals(hash.get("hourStart"))
                    && DAY.toString().equals(hash.get("dayStart"));
        });
    }

    /** The same of each: what is told twice is counted once. */
    private static List<String> inBothPartitions(List<String> events) {
        return events.stream().flatMap(event -> List.of(event, event).stream()).toList();
    }

    private static String action(String type, int number, Instant time, String more) {
        return "{\"eventId\":\"%s %d\",\"userId\":\"live-ada\",\"type\":\"%s\",\"timestamp\":\"%s\"%s}"
                .formatted(type, number, type, time, more);
    }

    private static String yaml(Topics topics, int generation) {
        return topics.yaml(generation) + "live: {zone: Asia/Kolkata}\n";
    }
}
