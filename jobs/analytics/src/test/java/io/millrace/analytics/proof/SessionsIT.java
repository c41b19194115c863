package io.millrace.analytics.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.analytics.JobInProcess;
import io.millrace.testing.Warehouse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Views and purchases from their topics to the table of sessions, on the real servers. */
class SessionsIT extends OnRealServers {

    private static final String ROWS = "SELECT session_id, formatDateTime(session_start, '%H:%i'),"
            + " formatDateTime(session_end, '%H:%i'), pages, entry_page, exit_page, converted"
            + " FROM millrace.sessions_current WHERE startsWith(session_id, 'sessions-it') ORDER BY 1, 2";

    @Test
    void showsSessionsAndMergesWhatALateStepJoins() throws Exception {
        Topics topics = topics("sessions");
        Warehouse warehouse = migrate();
        try (JobInProcess job = start(topics.yaml(0))) {
            topics.views(List.of(
                    view("a", "/home", 0),
                    view("a", "/home", 0),
                    view("b", "/home", 0),
                    view("a", "/shoes", 10),
                    view("b", "/pay", 40)));
            topics.actions(List.of(action("a", "click", 15), action("a", "add_to_cart", 16), purchase("a", 20)));
            reach(topics, 45);
            await("the first sessions")
                    .atMost(PATIENCE)
                    .until(
                            () -> warehouse.read(ROWS),
                            List.of("sessions-it-b\t12:00\t12:00\t1\t/home\t/home\t0")::equals);

            topics.views(List.of(view("b", "/cart", 20)));
            reach(topics, 75);
            await("all of them, and one of two")
                    .atMost(PATIENCE)
                    .until(
                            () -> warehouse.read(ROWS),
                            List.of(
                                    "sessions-it-a\t12:00\t12:20\t2\t/home\t/shoes\t1",
                                    "sessions-it-b\t12:00\t12:40\t3\t/home\t/pay\t0")::equals);
        }

        assertThat(warehouse.read("SELECT sessions, viewed, engaged, carted, bought FROM millrace.funnel_1h"
                        + " WHERE hour = toDateTime(" + noon.getEpochSecond() + ")"))
                .containsExactly("2\t2\t1\t1\t1");
        assertThat(topics.letters()).isEmpty();
        assertThat(topics.late()).as("for its page it was").noneMatch(late -> late.contains("\"result\":\"sessions\""));
    }

    private String action(String session, String type, int minute) {
        return "{\"userId\":\"u\",\"type\":\"%s\",\"sessionId\":\"sessions-it-%s\",\"timestamp\":\"%s\"}"
                .formatted(type, session, noon.plusSeconds(minute * 60L));
    }

    private void reach(Topics topics, int minute) {
        topics.time(noon.plusSeconds(minute * 60L));
        topics.actionTime(noon.plusSeconds(minute * 60L));
    }

    private String view(String session, String page, int minute) {
        return ("{\"eventId\":\"%1$s %3$d\",\"pageUrl\":\"%2$s\",\"sessionId\":\"sessions-it-%1$s\","
                        + "\"timestamp\":\"%4$s\"}")
                .formatted(session, page, minute, noon.plusSeconds(minute * 60L));
    }

    private String purchase(String session, int minute) {
        return ("{\"userId\":\"sessions-it\",\"type\":\"purchase\",\"amount\":1,\"currency\":\"SES\","
                        + "\"sessionId\":\"sessions-it-%1$s\",\"timestamp\":\"%2$s\"}")
                .formatted(session, noon.plusSeconds(minute * 60L));
    }
}
