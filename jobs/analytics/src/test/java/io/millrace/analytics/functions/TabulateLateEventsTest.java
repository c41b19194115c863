package io.millrace.analytics.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.analytics.event.Stamp;
import io.millrace.analytics.model.LateEventsTable;
import io.millrace.analytics.window.LateEvent;
import io.millrace.analytics.window.LateEvents;
import io.millrace.common.event.ProducedRecord;
import io.millrace.common.event.RowChange;
import io.millrace.common.replay.Version;
import java.nio.charset.StandardCharsets;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class TabulateLateEventsTest {

    private static final LateEvents REVENUE = new LateEvents("late-events", "analytics", "revenue", "user-actions");

    @Test
    void passesOnWhatTheTopicIsToldBesideARow() throws Exception {
        ProducedRecord told = REVENUE.of("EUR/", new Stamp(3, 42, 61_000, null), 60_000, 70_000);
        try (var harness = new OneInputStreamOperatorTestHarness<>(
                new ProcessOperator<>(new TabulateLateEvents(new LateEventsTable(2))))) {
            harness.open();
            harness.processElement(new StreamRecord<>(told));

            assertThat(harness.extractOutputValues()).singleElement().satisfies(same -> {
                assertThat(same.topic()).isEqualTo("late-events");
                assertThat(same.key()).isEqualTo(told.key());
                assertThat(same.value()).isEqualTo(told.value());
            });
            assertThat(harness.getSideOutput(TabulateLateEvents.ROWS))
                    .singleElement()
                    .satisfies(row -> {
                        assertThat(row.getValue().table()).isEqualTo("late_events");
                        assertThat(text(row.getValue().key()))
                                .isEqualTo("{\"result\":\"revenue\",\"window_start\":60000,\"key\":\"EUR/\","
                                        + "\"topic\":\"user-actions\",\"partition\":3,\"offset\":42}");
                        assertThat(text(row.getValue().after()))
                                .isEqualTo("{\"result\":\"revenue\",\"window_start\":60000,\"key\":\"EUR/\","
                                        + "\"topic\":\"user-actions\",\"partition\":3,\"offset\":42,"
                                        + "\"event_time\":61000,\"late_ms\":70000}");
                        assertThat(row.getValue().version()).isEqualTo(Version.of(2, 70_001));
                    });
        }
    }

    @Test
    void anEventThatIsReadAgainIsTheSameRowOfTheLaterReading() {
        RowChange once = row(REVENUE.of("EUR/", new Stamp(3, 42, 61_000, null), 60_000, 70_000));
        RowChange again = row(REVENUE.of("EUR/", new Stamp(3, 42, 61_000, null), 60_000, 70_001));

        assertThat(again.key()).isEqualTo(once.key());
        assertThat(again.version()).isGreaterThan(once.version());
    }

    @Test
    void anEventIsARowForEachOfItsKeys() {
        RowChange whole = row(REVENUE.of("EUR/", new Stamp(3, 42, 61_000, null), 60_000, 70_000));
        RowChange category = row(REVENUE.of("EUR/books", new Stamp(3, 42, 61_000, null), 60_000, 70_000));

        assertThat(category.key()).isNotEqualTo(whole.key());
    }

    @Test
    void whatIsNotOfALateEventIsRefused() {
        assertThatThrownBy(() -> LateEvent.read("{\"result\":\"revenue\"}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has no `key`");
    }

    private static RowChange row(ProducedRecord told) {
        return new LateEventsTable(2).row(LateEvent.read(told.value()));
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
