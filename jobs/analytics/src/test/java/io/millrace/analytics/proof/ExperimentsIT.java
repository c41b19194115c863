package io.millrace.analytics.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.analytics.JobInProcess;
import io.millrace.testing.Warehouse;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Experiments from the topic to the table and its views, and to the topic of alerts, on the real servers. */
class ExperimentsIT extends OnRealServers {

    private static final long HOUR = 3_600;

    private final Random random = new Random(42);

    /** A user: where, when first, and what was paid in cents and when; both in seconds after noon. */
    private record User(String name, String variant, long since, List<Long> shown, Map<Long, Long> paid) {}

    @Test
    void countsEachUserOnceOverHoursAndTellsOnceOfAMismatch() throws Exception {
        Topics topics = topics("experiments");
        Warehouse warehouse = migrate();
        List<User> users = users();
        String savepoint;
        try (JobInProcess job = start(topics.yaml(0))) {
            topics.actions(events(users, 0));
            topics.actionTime(noon.plusSeconds(HOUR));
            awaitReadings(warehouse, users, 1);
            topics.actions(events(users, 1));
            topics.actionTime(noon.plusSeconds(2 * HOUR));
            awaitReadings(warehouse, users, 2);
            await("an alert").atMost(PATIENCE).until(() -> !topics.alerts().isEmpty());
            savepoint = job.stop();
        }
        try (JobInProcess job = start(topics.yaml(0), savepoint)) {
            User late = new User("late", "new", 2 * HOUR - 1, List.of(2 * HOUR - 1), Map.of());
            users.add(late);
            topics.actions(events(List.of(late), 1));
            topics.actions(events(users, 2));
            topics.actionTime(noon.plusSeconds(3 * HOUR));
            awaitReadings(warehouse, users, 3);
            job.stop();
        }

        assertThat(topics.alerts())
                .singleElement()
                .asString()
                .contains(
                        "\"experiment\":\"it checkout\"", "{\"variant\":\"control\",\"users\":800,\"expected\":700.0}");
        assertThat(topics.letters()).isEmpty();
        assertThat(warehouse.read("SELECT max(late_count) FROM millrace.experiment_results_current"
                        + " WHERE experiment = 'it checkout'"))
                .containsExactly("1");
        replay(warehouse, topics, users);
    }

    /** A replay comes to the same numbers, and tells nobody of history; one without the fence is the control. */
    private void replay(Warehouse warehouse, Topics topics, List<User> users) throws Exception {
        try (JobInProcess job = start(topics.yaml(1))) {
            await("rows of the replay").atMost(PATIENCE).until(() -> rowsOfGeneration(warehouse, 1) > 0);
            awaitReadings(warehouse, users, 3);
            job.stop();
        }
        assertThat(topics.alerts()).hasSize(1);
        try (JobInProcess job = start(topics.yaml(2) + "fence: none\n")) {
            await("told again").atMost(PATIENCE).until(() -> topics.alerts().size() == 2);
        }
    }

    private static long rowsOfGeneration(Warehouse warehouse, int generation) {
        return Long.parseLong(warehouse
                .read("SELECT count() FROM millrace.experiment_results WHERE experiment = 'it checkout'"
                        + " AND bitShiftRight(_version, 55) = " + generation)
                .get(0));
    }

    /** 800 of one variant and 600 of the other, who come in the first two hours and may stay for three. */
    private List<User> users() {
        List<User> users = new ArrayList<>();
        for (int i = 0; i < 1_400; i++) {
            List<Long> shown = new ArrayList<>();
            Map<Long, Long> paid = new TreeMap<>();
            long since = random.nextLong(2 * HOUR - 60);
            shown.add(since);
            for (int more = random.nextInt(3); more > 0; more--) {
                shown.add(since + random.nextLong(3 * HOUR - 60 - since));
            }
            if (random.nextInt(4) == 0) {
                paid.put(random.nextLong(3 * HOUR - 60), random.nextLong(100_000));
            }
            users.add(new User("user " + i, i < 800 ? "control" : "new", since, shown, paid));
        }
        return users;
    }

    /** Returns what happens in an hour, out of order within it, some of it told twice. */
    private List<String> events(List<User> users, int hour) {
        List<String> events = new ArrayList<>();
        for (User user : users) {
            for (int i = 0; i < user.shown().size(); i++) {
                add(
                        events,
                        user,
                        user.shown().get(i),
                        hour,
                        "shown " + i,
                        ("\"type\":\"click\",\"experiment\":{\"id\":" + "\"it checkout\",\"variant\":\"%s\"}")
                                .formatted(user.variant()));
            }
            user.paid()
                    .forEach((at, cents) -> add(
                            events,
                            user,
                            at,
                            hour,
                            "paid " + at,
                            ("\"type\":\"purchase\"," + "\"orderId\":1,\"amount\":\"%s\",\"currency\":\"%s\"")
                                    .formatted(BigDecimal.valueOf(cents, 2), currency(cents))));
        }
        Collections.shuffle(events, random);
        return events;
    }

    private void add(List<String> events, User user, long at, int hour, String name, String rest) {
        String event = "{\"eventId\":\"%s\",\"userId\":\"%s\",%s,\"timestamp\":\"%s\"}"
                .formatted(name, user.name(), rest, noon.plusSeconds(at));
        for (int copies = at / HOUR == hour ? 1 + random.nextInt(2) : 0; copies > 0; copies--) {
            events.add(event);
        }
    }

    private static String currency(long cents) {
        return cents % 2 == 0 ? "EUR" : "USD";
    }

    /** Users, converted users, orders and cents, by variant and by currency, of so many hours. */
    private static Map<String, Long> naive(List<User> users, int hours) {
        Map<String, Long> sums = new TreeMap<>();
        Set<String> converted = new HashSet<>();
        for (User user : users) {
            if (user.since() >= hours * HOUR) {
                continue;
            }
            sums.merge(user.variant() + " users", 1L, Long::sum);
            user.paid().forEach((at, cents) -> {
                if (at >= user.since() && at < hours * HOUR) {
                    sums.merge(user.variant() + " orders", 1L, Long::sum);
                    sums.merge(user.variant() + " " + currency(cents), cents, Long::sum);
                    if (converted.add(user.name())) {
                        sums.merge(user.variant() + " conversions", 1L, Long::sum);
                    }
                }
            });
        }
        return sums;
    }

    private static void awaitReadings(Warehouse warehouse, List<User> users, int hours) {
        await("readings after " + hours + " h")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(readings(warehouse)).isEqualTo(naive(users, hours)));
    }

    private static Map<String, Long> readings(Warehouse warehouse) {
        Map<String, Long> sums = new TreeMap<>();
        for (String line : warehouse.read(
                "SELECT variant, users, conversions, orders, toInt64(revenue['EUR'] * 100),"
                        + " toInt64(revenue['USD'] * 100) FROM millrace.experiment_readings WHERE experiment = 'it checkout'")) {
            String[] cells = line.split("\t", -1);
            List<String> names = List.of("", " users", " conversions", " orders", " EUR", " USD");
            for (int i = 1; i < cells.length; i++) {
                if (Long.parseLong(cells[i]) != 0) {
                    sums.put(cells[0] + names.get(i), Long.parseLong(cells[i]));
                }
            }
        }
        return sums;
    }
}
