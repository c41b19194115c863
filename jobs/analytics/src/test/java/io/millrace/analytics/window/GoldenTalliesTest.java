package io.millrace.analytics.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.analytics.event.EventId;
import io.millrace.analytics.event.Request;
import io.millrace.analytics.event.Sale;
import io.millrace.analytics.event.Stamp;
import io.millrace.analytics.model.LatencyTable;
import io.millrace.analytics.model.LatencyTallies;
import io.millrace.analytics.model.LatencyTally;
import io.millrace.analytics.model.RevenueTable;
import io.millrace.analytics.model.RevenueTallies;
import io.millrace.analytics.model.RevenueTally;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tallies of rows that were counted by a released version are counted on. */
class GoldenTalliesTest {

    private static final LateEvents LATE = new LateEvents("late-events", "analytics", "golden", "events");

    @Test
    void ordersThatWereCountedAreStillCountedAndKnown() throws Exception {
        Golden<Sale, RevenueTally> golden = new Golden<>(
                "analytics.count-revenue",
                () -> new SlicedWindow<>(
                        slicing(Duration.ofMinutes(1), Duration.ofHours(1)),
                        new RevenueTallies(),
                        new RevenueTable(1),
                        LATE,
                        1));

        assertThat(golden.rows(
                        new Bundle<>("EUR/", 0, List.of(sale(1, "a", "19.99"))),
                        new Bundle<>("EUR/", 0, List.of(sale(1, "a", "19.99"), sale(2, "b", "0.01"))),
                        60_000))
                .containsExactly("revenue_1min {\"window_start\":0,\"currency\":\"EUR\",\"category\":\"\","
                        + "\"revenue\":\"20.00\",\"unattributed\":\"0.50\",\"orders\":2,\"items\":6,\"late_count\":0}");
    }

    @Test
    void durationsThatWereCountedAreStillCountedAndKnown() throws Exception {
        Golden<Request, LatencyTally> golden = new Golden<>(
                "analytics.count-latency",
                () -> new SlicedWindow<>(
                        slicing(Duration.ofMinutes(1)), new LatencyTallies(), new LatencyTable(1), LATE, 1));
        Request known = new Request(stamp(1, "a"), 1_000, true);

        assertThat(golden.rows(
                        new Bundle<>("api/GET//a", 0, List.of(known, new Request(stamp(2, "b"), 5_000, false))),
                        new Bundle<>("api/GET//a", 0, List.of(known, new Request(stamp(3, "c"), 1_001, false))),
                        60_000))
                .singleElement()
                .asString()
                .contains("\"requests\":3,\"errors\":1")
                .contains("\"durations\":[1.004,5.024],\"counts\":[2,1]");
    }

    private static Sale sale(long offset, String name, String revenue) {
        return new Sale(stamp(offset, name), 3, new BigDecimal(revenue), new BigDecimal("0.25"));
    }

    private static Stamp stamp(long offset, String name) {
        return new Stamp(0, offset, 1_000, EventId.of(name));
    }

    private static Slicing slicing(Duration... sizes) {
        return Slicing.of(
                List.of(sizes).stream().map(WindowShape::tumbling).toList(),
                Duration.ofMinutes(1),
                Duration.ofMinutes(10));
    }
}
