package io.millrace.analytics.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.analytics.JobInProcess;
import io.millrace.testing.Warehouse;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Orders from the topic to the tables of revenue, on the real servers, against sums in whole cents. */
class RevenueIT extends OnRealServers {

    private static final int ORDERS = 200;

    private static final List<String> CURRENCIES = List.of("RV-A", "RV/B");
    private static final List<String> CATEGORIES = List.of("books", "toys", "garden tools");

    private record Line(String category, int quantity, long cents) {}

    private record Order(int number, Instant time, String currency, long cents, List<Line> lines) {

        private String json() {
            String items = lines.stream()
                    .map(line -> "{\"productId\":1,\"category\":\"%s\",\"quantity\":%d,\"price\":\"%s\"}"
                            .formatted(line.category(), line.quantity(), BigDecimal.valueOf(line.cents(), 2)))
                    .collect(Collectors.joining(","));
            return ("{\"eventId\":\"order %d\",\"userId\":\"user %d\",\"type\":\"purchase\",\"orderId\":%d,"
                            + "\"amount\":%s,\"currency\":\"%s\",\"items\":[%s],\"timestamp\":\"%s\"}")
                    .formatted(number, number % 7, number, BigDecimal.valueOf(cents, 2), currency, items, time);
        }
    }

    private final Random random = new Random(42);

    @Test
    void addsUpExactlyAlsoWhatIsToldTwiceOrLate() throws Exception {
        Topics topics = topics("revenue");
        Warehouse warehouse = migrate();
        List<Order> orders = new ArrayList<>();
        for (int i = 0; i < ORDERS; i++) {
            orders.add(order(i, noon.plusMillis(i * 1_190L)));
        }
        try (JobInProcess job = start(topics.yaml(0))) {
            topics.actions(orders.stream()
                    .flatMap(order -> random.nextBoolean()
                            ? List.of(order.json(), order.json()).stream()
                            : List.of(order.json()).stream())
                    .toList());
            topics.actionTime(noon.plusSeconds(240));
            awaitRows(warehouse, "revenue_1min", naive(orders, ChronoUnit.MINUTES));

            Order late = order(ORDERS, noon.plusSeconds(239));
            orders.add(late);
            topics.actions(List.of(late.json()));
            awaitRows(warehouse, "revenue_1min", naive(orders, ChronoUnit.MINUTES));
            topics.actionTime(noon.plusSeconds(3_600));
            awaitRows(warehouse, "revenue_1h", naive(orders, ChronoUnit.HOURS));
        }

        assertThat(warehouse.read("SELECT sum(late_count) FROM millrace.revenue_1h_current WHERE category = ''"
                        + " AND startsWith(currency, 'RV')"))
                .containsExactly("1");
        assertThat(warehouse.read("SELECT countIf(average_order * orders > revenue + orders OR average_order = 0)"
                        + " FROM millrace.revenue_1min_current WHERE startsWith(currency, 'RV')"))
                .containsExactly("0");
        assertThat(topics.letters()).isEmpty();
    }

    private Order order(int number, Instant time) {
        List<Line> lines = new ArrayList<>();
        long cents = random.nextLong(1_000);
        for (int i = random.nextInt(4); i > 0; i--) {
            Line line = new Line(CATEGORIES.get(random.nextInt(3)), 1 + random.nextInt(3), random.nextLong(100_000));
            lines.add(line);
            cents += line.quantity() * line.cents();
        }
        return new Order(number, time, CURRENCIES.get(random.nextInt(2)), cents + 1, lines);
    }

    /** Revenue in cents, unattributed cents, orders, and pieces, by window, currency and category. */
    private static Map<String, List<Long>> naive(List<Order> orders, ChronoUnit unit) {
        Map<String, List<Long>> rows = new TreeMap<>();
        for (Order order : orders) {
            String prefix = order.time().truncatedTo(unit).getEpochSecond() + " " + order.currency() + " ";
            long pieces = order.lines().stream().mapToLong(Line::quantity).sum();
            long attributed = order.lines().stream()
                    .mapToLong(line -> line.quantity() * line.cents())
                    .sum();
            rows.merge(prefix, List.of(order.cents(), order.cents() - attributed, 1L, pieces), RevenueIT::sum);
            for (String category :
                    order.lines().stream().map(Line::category).distinct().toList()) {
                List<Line> own = order.lines().stream()
                        .filter(line -> line.category().equals(category))
                        .toList();
                rows.merge(
                        prefix + category,
                        List.of(
                                own.stream()
                                        .mapToLong(line -> line.quantity() * line.cents())
                                        .sum(),
                                0L,
                                1L,
                                own.stream().mapToLong(Line::quantity).sum()),
                        RevenueIT::sum);
            }
        }
        return rows;
    }

    private static List<Long> sum(List<Long> one, List<Long> other) {
        List<Long> sum = new ArrayList<>();
        for (int i = 0; i < one.size(); i++) {
            sum.add(one.get(i) + other.get(i));
        }
        return sum;
    }

    private static void awaitRows(Warehouse warehouse, String table, Map<String, List<Long>> expected) {
        String sql = "SELECT concat(toString(toUnixTimestamp(window_start)), ' ', currency, ' ', category),"
                + " toInt64(revenue * 100), toInt64(unattributed * 100), orders, items FROM millrace." + table
                + "_current WHERE startsWith(currency, 'RV')";
        await(table).atMost(PATIENCE).untilAsserted(() -> {
            Map<String, List<Long>> rows = new TreeMap<>();
            for (String line : warehouse.read(sql)) {
                String[] cells = line.split("\t", -1);
                rows.put(
                        cells[0],
                        List.of(
                                Long.parseLong(cells[1]),
                                Long.parseLong(cells[2]),
                                Long.parseLong(cells[3]),
                                Long.parseLong(cells[4])));
            }
            assertThat(rows).isEqualTo(expected);
        });
    }
}
