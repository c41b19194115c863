package io.millrace.benchmarks.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.benchmarks.workload.Zipf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WorkloadTest {

    private static final TimeSpan SPAN = TimeSpan.ofHours(1);
    private static final int EVENTS = 10_000;

    @Test
    void fewNumbersOccurMostOften() {
        Zipf zipf = new Zipf(1_000, 1);
        int[] seen = new int[1_000];
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 100_000; i++) {
            seen[zipf.next(random)]++;
        }

        assertThat((double) seen[0] / seen[9]).as("first : tenth").isCloseTo(10, within(2.0));
        assertThat(seen[999]).isPositive();
    }

    @Test
    void eventsAreOfTheSizeThatIsPromisedAndNeverFurtherBackThanIsWaitedFor() {
        for (EventKind kind :
                List.of(new PageViewEvents(100, 1_000, SPAN), new ActionEvents(1_000, SPAN), new SampleEvents(SPAN))) {
            List<Event> events = make(kind);
            long latest = SPAN.begin();
            for (Event event : events) {
                assertThat(event.time()).isGreaterThanOrEqualTo(latest - 2_000).isLessThan(SPAN.end());
                latest = Math.max(latest, event.time());
            }
            assertThat(events.stream()
                            .mapToInt(event -> event.json().getBytes(StandardCharsets.UTF_8).length)
                            .average()
                            .orElseThrow())
                    .as(kind.topic())
                    .isCloseTo(310, within(15.0));
        }
    }

    @Test
    void whatIsExpectedAccountsForEveryEvent() {
        PageViewEvents views = new PageViewEvents(100, 1_000, SPAN);
        make(views);
        SampleEvents samples = new SampleEvents(SPAN);
        make(samples);

        assertThat(views.expected().values().stream()
                        .mapToLong(PageViewEvents.Row::views)
                        .sum())
                .isEqualTo(EVENTS);
        assertThat(views.expected().values())
                .allSatisfy(row -> assertThat(row.visitors()).isBetween(1L, row.views()));
        assertThat(samples.expected().values().stream()
                        .mapToLong(SampleEvents.Row::requests)
                        .sum())
                .isEqualTo(EVENTS);
        assertThat(samples.expected().values())
                .allSatisfy(row -> assertThat(row.millis()).isSortedAccordingTo(Comparator.naturalOrder()));
    }

    @Test
    void theClockBuysEveryMinute() {
        ActionEvents actions = new ActionEvents(1_000, SPAN);
        make(actions);

        assertThat(actions.expected().get(ActionEvents.CLOCK).purchases).isEqualTo(60);
        assertThat(actions.expected()).hasSizeLessThan(actions.active().size());
    }

    private static List<Event> make(EventKind kind) {
        SplittableRandom random = new SplittableRandom(7);
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            events.add(kind.make(SPAN.timeOf(i, EVENTS, random), random));
        }
        return events;
    }
}
