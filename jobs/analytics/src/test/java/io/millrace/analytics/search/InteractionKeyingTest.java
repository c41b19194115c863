package io.millrace.analytics.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.analytics.event.Action;
import io.millrace.analytics.event.ActionType;
import io.millrace.analytics.event.SearchTrace;
import io.millrace.analytics.event.Stamp;
import io.millrace.analytics.event.UserAction;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InteractionKeyingTest {

    /** A search is counted where it is told first. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SEARCH | q | s | search/q counts, session/s
            SEARCH | q |   | search/q counts, user/ada
            SEARCH |   | s | session/s counts
            SEARCH |   |   | user/ada counts
            CLICK  | q | s | search/q counts
            CLICK  | q |   | search/q counts
            CLICK  |   | s | session/s counts
            CLICK  |   |   | user/ada counts
            """)
    void belongTogetherByTheSearchOrElseByTheSession(ActionType type, String search, String session, String places) {
        List<String> told = new ArrayList<>();
        UserAction action = new UserAction(
                "ada",
                new Action(new Stamp(0, 0, 0, null), type, null),
                List.of(),
                new SearchTrace(search, session, "shoes", 1),
                session,
                null);
        new InteractionKeying()
                .spread(action, (place, interaction) -> told.add(place + (interaction.counts() ? " counts" : "")));

        assertThat(String.join(", ", told)).isEqualTo(places);
    }
}
