package io.millrace.analytics.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.analytics.JobInProcess;
import io.millrace.testing.Warehouse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Searches and clicks from the topic to the table of terms, on the real servers. */
class SearchTermsIT extends OnRealServers {

    private static final String ROWS = "SELECT term, searches, users, zero_results, clicked"
            + " FROM millrace.search_terms_5min_current ORDER BY searches DESC, term";

    @Test
    void showsTheTopTermsAndWhatCameOfThemAlsoAfterward() throws Exception {
        Topics topics = topics("terms");
        Warehouse warehouse = migrate();
        List<String> actions = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            actions.add(search("Red  Shoes", "r" + i, i % 3, 5));
            actions.add(search("boots", "b" + i, i, 0));
        }
        actions.add(search("boots", "b6", 0, 3));
        actions.add(search("hats", "h0", 0, 3));
        actions.add(click("r0", 200));
        // a search of a session, a click that names it, and one that names the session alone
        actions.replaceAll(
                action -> action.replace("\"searchId\":\"r1\"", "\"sessionId\":\"terms-s\",\"searchId\":\"r1\""));
        actions.add(click("r1", 201));
        actions.add(click("r1 again", 202).replace("\"searchId\":\"r1 again\"", "\"sessionId\":\"terms-s\""));
        actions.add(click("b5 not", 203).replace("\"searchId\":\"b5 not\"", "\"sessionId\":\"terms-other\""));
        Collections.shuffle(actions, new java.util.Random(42));
        try (JobInProcess job = start(yaml(topics))) {
            topics.actions(twice(actions));
            topics.actionTime(noon.plusSeconds(300));
            await("the first two")
                    .atMost(PATIENCE)
                    .until(() -> warehouse.read(ROWS), List.of("boots\t7\t6\t6\t0", "red shoes\t6\t3\t0\t2")::equals);

            // a click after the window's end, and late searches that displace what was second
            topics.actions(List.of(click("b6", 310)));
            List<String> late = new ArrayList<>();
            for (int i = 1; i < 9; i++) {
                late.add(search("hats", "h" + i, i, 3));
            }
            topics.actions(late);
            topics.actionTime(noon.plusSeconds(320));
            await("the correction")
                    .atMost(PATIENCE)
                    .until(() -> warehouse.read(ROWS), List.of("hats\t9\t9\t0\t0", "boots\t7\t6\t6\t1")::equals);
        }

        assertThat(warehouse.read("SELECT zero_result_rate > 0.85, click_through_rate < 0.15"
                        + " FROM millrace.search_terms_5min_current WHERE term = 'boots'"))
                .containsExactly("1\t1");
        assertThat(topics.letters()).isEmpty();
        assertThat(topics.late()).isEmpty();
    }

    private static List<String> twice(List<String> actions) {
        return actions.stream()
                .flatMap(action -> List.of(action, action).stream())
                .toList();
    }

    private String search(String query, String id, int user, int results) {
        return ("{\"eventId\":\"search %1$s\",\"userId\":\"terms-%2$d\",\"type\":\"search\",\"searchId\":\"%1$s\","
                        + "\"query\":\"%3$s\",\"resultsCount\":%4$d,\"timestamp\":\"%5$s\"}")
                .formatted(id, user, query, results, noon.plusSeconds(100));
    }

    private String click(String id, int second) {
        return ("{\"eventId\":\"click %1$s\",\"userId\":\"terms-0\",\"type\":\"click\",\"searchId\":\"%1$s\","
                        + "\"timestamp\":\"%2$s\"}")
                .formatted(id, noon.plusSeconds(second));
    }

    private static String yaml(Topics topics) {
        return topics.yaml(0) + "search-terms: {most: 2}\n";
    }
}
