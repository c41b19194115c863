package io.millrace.analytics.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.analytics.event.Stamp;
import io.millrace.analytics.window.CompositeKey;
import io.millrace.analytics.window.LateEvent;
import io.millrace.analytics.window.LateEvents;
import io.millrace.analytics.window.Window;
import io.millrace.common.event.ProducedRecord;
import io.millrace.common.event.RowChange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Names that come from outside are values and never more, whatever they are made of. */
class HostileNamesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PIECES = "\"\\/%{}[]:,'; \t\r\n\0\u001b\u007f\u0085\u2028\u2029\u202e\ufeff\uffffaé漢";
    private static final int RANDOM = 40;

    static Stream<String> names() {
        Random random = new Random(11);
        List<String> names = new ArrayList<>(List.of(
                "\"}, {\"view_count\": 9",
                "'; DROP TABLE millrace.page_views_5min; --",
                "a\r\nDEL live:views\r\n",
                "../../etc/passwd",
                "{user:activity:1}:v",
                "${env:HOME}%s%n",
                "\ud83d\ude00".repeat(100),
                "%2F/%252F//"));
        for (int i = 0; i < RANDOM; i++) {
            StringBuilder name = new StringBuilder();
            for (int left = 1 + random.nextInt(20); left > 0; left--) {
                name.append(PIECES.charAt(random.nextInt(PIECES.length())));
            }
            names.add(name.toString());
        }
        return names.stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void aPageIsOneColumn(String name) throws IOException {
        RowChange row = new PageViewsTable(1).of(window(name), PageTallies.DEFAULT.empty());

        assertFields(row, PageViewsTable.TABLE, "page_url", name);
    }

    @ParameterizedTest
    @MethodSource("names")
    void aRouteIsThreeColumns(String name) throws IOException {
        String key = CompositeKey.join(name, "GET", name);
        RowChange row = new LatencyTable(1).of(window(key), new LatencyTallies().empty());

        assertFields(row, LatencyTable.TABLE, "service", name);
        assertFields(row, LatencyTable.TABLE, "route", name);
        assertFields(row, LatencyTable.TABLE, "method", "GET");
    }

    @ParameterizedTest
    @MethodSource("names")
    void aCurrencyAndACategoryAreTwoColumns(String name) throws IOException {
        RowChange row =
                new RevenueTable(1).of(window(CompositeKey.join(name, "x" + name)), new RevenueTallies().empty());

        assertFields(row, RevenueTable.MINUTES, "currency", name);
        assertFields(row, RevenueTable.MINUTES, "category", "x" + name);
    }

    @ParameterizedTest
    @MethodSource("names")
    void aUserIsOneField(String name) throws IOException {
        UserActivity activity = new UserActivity(window(name), 1, 2, 3, 4, 10, 0, LatestPurchase.NONE);

        assertFields(new ActivityTable(1).row(activity), ActivityTable.TABLE, "userId", name);
    }

    @ParameterizedTest
    @MethodSource("names")
    void aLateEventNamesItsKey(String name) throws IOException {
        ProducedRecord told = new LateEvents("late-events", "analytics", "page_views_5min", "page-views")
                .of(name, new Stamp(3, 42, 1_000, null), 0, 7);

        JsonNode value = JSON.readTree(told.value());
        assertThat(value.path("key").asText()).isEqualTo(name);
        assertThat(value.path("offset").asLong()).isEqualTo(42);
        assertThat(value.path("pipeline").asText()).isEqualTo("analytics");
        assertThat(told.key()).isEqualTo(name.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("names")
    void aLateEventIsARowWithItsKey(String name) throws IOException {
        ProducedRecord told = new LateEvents("late-events", "analytics", "page_views_5min", "page-views")
                .of(name, new Stamp(3, 42, 1_000, null), 0, 7);

        assertFields(new LateEventsTable(1).row(LateEvent.read(told.value())), LateEventsTable.TABLE, "key", name);
    }

    /** The row has the table's fields, each once, and the name in its own. */
    private static void assertFields(RowChange row, ResultTable table, String field, String name) throws IOException {
        List<String> columns = new ArrayList<>();
        table.key().forEach(column -> columns.add(column.name()));
        List<String> keys = List.copyOf(columns);
        table.values().forEach(column -> columns.add(column.name()));
        JsonNode after = JSON.readTree(row.after());
        JsonNode key = JSON.readTree(row.key());

        assertThat(after.fieldNames()).toIterable().containsExactlyElementsOf(columns);
        assertThat(key.fieldNames()).toIterable().containsExactlyElementsOf(keys);
        assertThat(after.path(field).asText()).isEqualTo(name);
        assertThat(key.path(field).asText()).isEqualTo(name);
    }

    private static Window window(String key) {
        return new Window(key, 0, 60_000);
    }
}
