package io.millrace.analytics.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.analytics.JobInProcess;
import io.millrace.testing.Warehouse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Views from the topic to the table, on the real servers. */
class PageViewsIT extends OnRealServers {

    private static final String ROWS = "SELECT formatDateTime(window_start, '%H:%i'), view_count, visitors, late_count"
            + " FROM millrace.page_views_5min_current WHERE page_url = '";

    @Test
    void countsViewsAlsoOverASavepointAndCorrectsWhatComesLate() throws Exception {
        Topics topics = topics("counted");
        Warehouse warehouse = migrate();
        String rows = ROWS + topics.page() + "' ORDER BY 1";
        String savepoint;
        try (JobInProcess job = start(topics.yaml(0))) {
            topics.views(views(topics.page()));
            topics.views(List.of("no json", "{\"pageUrl\":[]}"));
            topics.time(noon.plusSeconds(301));
            await("the first window")
                    .atMost(PATIENCE)
                    .until(() -> warehouse.read(rows), List.of("12:00\t100\t20\t0")::equals);
            savepoint = job.stop();
        }
        topics.views(List.of(view(topics.page(), "late", "user 99", noon.plusSeconds(7))));
        try (JobInProcess job = start(topics.yaml(0), savepoint)) {
            await("the correction")
                    .atMost(PATIENCE)
                    .until(() -> warehouse.read(rows), List.of("12:00\t101\t21\t1")::equals);
            topics.time(noon.plusSeconds(601));
            await("the second window")
                    .atMost(PATIENCE)
                    .until(() -> !warehouse.read(ROWS + topics.clock() + "'").isEmpty());
            topics.views(List.of(view(topics.page(), "too late", "user 98", noon.plusSeconds(8))));
            await("what came too late")
                    .atMost(PATIENCE)
                    .until(() -> topics.late().size() == 1);
        }

        assertThat(warehouse.read(rows)).containsExactly("12:00\t101\t21\t1");
        assertThat(topics.late().get(0)).contains("\"result\":\"page_views_5min\"", topics.page());
        assertThat(topics.letters()).containsExactlyInAnyOrder("no json", "{\"pageUrl\":[]}");
    }

    /** The same events in another order and in other partitions, into the same table, with the next generation. */
    @Test
    void aReplayEndsInTheSameRows() throws Exception {
        Topics topics = topics("replayed");
        Warehouse warehouse = migrate();
        String rows = ROWS + topics.page() + "' ORDER BY 1";
        Topics again = topics("replayed-again");
        List<String> views = views(topics.page());
        topics.views(views);
        topics.time(noon.plusSeconds(301));
        Collections.reverse(views);
        again.views(views);
        again.time(noon.plusSeconds(301));
        for (int generation = 0; generation < 2; generation++) {
            String yaml = (generation == 0 ? topics : again).yaml(generation);
            String whole = "SELECT count() > 0 FROM millrace.page_views_5min WHERE view_count = 100 AND page_url = '"
                    + topics.page() + "' AND bitShiftRight(_version, 55) = " + generation;
            try (JobInProcess job = start(yaml)) {
                await("generation " + generation)
                        .atMost(PATIENCE)
                        .until(() -> warehouse.read(whole), List.of("1")::equals);
            }
            assertThat(warehouse.read(rows)).containsExactly("12:00\t100\t20\t0");
        }
    }

    /** And is not taken for silent while it may have something to say; the control is that nothing is told until then. */
    @Test
    void aSilentPartitionIsNotWaitedForLongerThanConfigured() throws Exception {
        Topics topics = topics("silent");
        Warehouse warehouse = migrate();
        String rows = ROWS + topics.page() + "' ORDER BY 1";
        topics.views(List.of(
                view(topics.page(), "1", "ada", noon),
                "no json",
                view(topics.clock(), "2", "bob", noon.plusSeconds(302))));
        String savepoint;
        try (JobInProcess job = start(topics.yaml(0))) {
            await("what cannot be read")
                    .atMost(PATIENCE)
                    .until(() -> topics.letters().size() == 1);
            savepoint = job.stop();
        }
        assertThat(warehouse.read(rows)).isEmpty();
        String yaml = topics.yaml(0).replace("disorder: 1 s", "disorder: 1 s, idleness: 2 s");
        try (JobInProcess job = start(yaml, savepoint)) {
            topics.views(List.of(view(topics.clock(), "3", "bob", noon.plusSeconds(303))));
            await("the window").atMost(PATIENCE).until(() -> warehouse.read(rows), List.of("12:00\t1\t1\t0")::equals);
        }
    }

    /** Wanted from a savepoint on, views are counted from their topic's beginning. */
    @Test
    void readsATopicOnlyForAResultThatIsWanted() throws Exception {
        Topics topics = topics("wanted");
        Warehouse warehouse = migrate();
        String rows = ROWS + topics.page() + "' ORDER BY 1";
        topics.views(views(topics.page()));
        topics.views(List.of("no json"));
        topics.time(noon.plusSeconds(301));
        Instant lately = Instant.now().minusSeconds(3_600);
        topics.sampleTime(lately);
        topics.sampleTime(lately.plusSeconds(301));
        String savepoint;
        try (JobInProcess job = start(topics.yaml(0) + "results: [request-latency]\n")) {
            await("what is wanted")
                    .atMost(PATIENCE)
                    .until(
                            () -> warehouse.read("SELECT count() > 0 FROM millrace.request_latency_1min_current"
                                    + " WHERE service = 'wanted-clock'"),
                            List.of("1")::equals);
            savepoint = job.stop();
        }
        assertThat(topics.letters()).isEmpty();
        assertThat(warehouse.read(rows)).isEmpty();

        try (JobInProcess job = start(topics.yaml(0), savepoint)) {
            await("the views").atMost(PATIENCE).until(() -> warehouse.read(rows), List.of("12:00\t100\t20\t0")::equals);
            await("what cannot be read")
                    .atMost(PATIENCE)
                    .until(() -> !topics.letters().isEmpty());
        }
        assertThat(topics.letters()).containsExactly("no json");
    }

    /** A hundred views of twenty users, each said up to three times, in no order. */
    private List<String> views(String page) {
        Random random = new Random(42);
        List<String> views = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            for (int copies = 1 + random.nextInt(3); copies > 0; copies--) {
                views.add(view(page, "e" + i, "user " + i % 20, noon.plusSeconds(i)));
            }
        }
        Collections.shuffle(views, random);
        return views;
    }

    private static String view(String page, String id, String user, Instant time) {
        return "{\"eventId\":\"%s\",\"pageUrl\":\"%s\",\"userId\":\"%s\",\"timestamp\":\"%s\"}"
                .formatted(id, page, user, time);
    }
}
