package io.millrace.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.acceptance.Checkout.Run;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code ./millrace demo}, as the README says it. */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class DemoIT {

    private static final List<String> TABLES = List.of("users", "products", "orders", "order_lines", "coupons");

    private static final List<String> RESULTS = List.of(
            "clickhouse\\.page_views_5min",
            "clickhouse\\.site_visitors_1d",
            "clickhouse\\.revenue_1min",
            "clickhouse\\.revenue_1h",
            "clickhouse\\.search_terms_5min",
            "clickhouse\\.request_latency_1min",
            "clickhouse\\.sessions",
            "clickhouse\\.funnel_1h",
            "clickhouse\\.experiment_results",
            "redis\\.user_activity",
            "redis\\.live_counters",
            "kafka\\.high-value-user-detected",
            "kafka\\.alerts");

    /** Any line of progress but the first one. */
    private static final Pattern LATER_PROGRESS = Pattern.compile("^(?!0:00)\\d+:\\d\\d +shop ");

    private static Checkout checkout;

    @BeforeAll
    static void checkOut() throws IOException {
        checkout = Checkout.make("demo-checkout");
    }

    @AfterAll
    static void remove() throws Exception {
        checkout.close();
    }

    @Test
    void everyTargetEqualsPostgresAfterControlC() throws Exception {
        Process demo = checkout.start("demo", "--seed", "7");
        List<String> said = new ArrayList<>();
        BufferedReader reader = demo.inputReader();
        boolean asked = false;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            said.add(line);
            if (!asked && LATER_PROGRESS.matcher(line).find()) {
                asked = true;
                new ProcessBuilder("kill", "-INT", Long.toString(demo.pid())).start();
            }
        }

        assertThat(demo.waitFor()).as(String.join("\n", said)).isZero();
        assertThat(said.stream().filter(line -> line.startsWith("OK "))).hasSize(TABLES.size() * 3 + 5 + 20 + 6);
        for (String table : TABLES) {
            assertThat(said).anyMatch(line -> line.matches("OK kafka\\." + table + " rows=[1-9]\\d* differ=0"));
            assertThat(said).anyMatch(line -> line.matches("OK elasticsearch\\." + table + " rows=[1-9]\\d* differ=0"));
            assertThat(said).anyMatch(line -> line.matches("OK clickhouse\\." + table + " rows=[1-9]\\d* differ=0"));
        }
        for (String table : List.of("users", "products", "order_lines", "coupons")) {
            assertThat(said).anyMatch(line -> line.matches("OK redis\\." + table + " rows=[1-9]\\d* differ=0"));
        }
        assertThat(said).contains("OK dead-letters expected=1 found=1 differ=0");
        for (String result : RESULTS) {
            assertThat(said).anyMatch(line -> line.matches("OK " + result + " rows=[1-9]\\d* differ=0"));
        }
        for (String table : List.of("late_events", "late_events_per_window")) {
            assertThat(said)
                    .as("none need be too late")
                    .anyMatch(line -> line.matches("OK clickhouse\\." + table + " rows=\\d+ differ=0"));
        }
        for (String topic : List.of("page-views", "user-actions", "metrics")) {
            assertThat(said).anyMatch(line -> line.matches("OK sum\\." + topic + " records=[1-9].* differ=0"));
        }
        assertThat(said)
                .anyMatch(line -> line.matches("OK clickhouse\\.audit_events rows=[1-9]\\d{3,} differ=0"))
                .anyMatch(line -> line.matches("OK dead-letters\\.audit expected=([1-9]\\d*) found=\\1 differ=0"))
                .anyMatch(line ->
                        line.matches("OK audit\\.archive rows=([1-9]\\d{3,}) sealed=[1-9]\\d{2,} same=\\1 differ=0"))
                .anyMatch(line -> line.matches(
                        "OK audit\\.erased subject=customer-\\d+ unreadable=[1-9]\\d* others=[1-9]\\d* differ=0"))
                .anyMatch(line ->
                        line.matches("OK audit\\.verified-again rows=[1-9]\\d{3,} sealed=[1-9]\\d{2,} differ=0"))
                .anyMatch(line -> line.matches("OK audit\\.tampered changed=(\\d-\\d+) named=\\1 differ=0"));
        checkout.assertNothingRuns();
    }

    @Test
    void aByteThatWasChangedInTheArchiveIsFoundAndNamed() throws Exception {
        Run demo = checkout.millrace("demo", "--seconds", "1", "--sabotage", "audit.archive");

        assertThat(demo.code()).as(demo.out()).isEqualTo(1);
        String sabotaged = demo.out()
                .lines()
                .filter(line -> line.startsWith("sabotaged audit.archive "))
                .findFirst()
                .orElseThrow();
        String record = sabotaged.substring("sabotaged audit.archive ".length());
        assertThat(demo.out()).contains("FAILED audit.archive").contains("  audit-logs " + record + " audit/dt=");
        assertThat(demo.out().lines().filter(line -> line.startsWith("FAILED"))).hasSize(1);
        checkout.assertNothingRuns();
    }

    @Test
    void aDamagedRowIsFoundAndNamed() throws Exception {
        Run demo = checkout.millrace("demo", "--seconds", "1", "--sabotage", "clickhouse.products");

        assertThat(demo.code()).as(demo.out()).isEqualTo(1);
        String sabotaged = demo.out()
                .lines()
                .filter(line -> line.startsWith("sabotaged clickhouse.products "))
                .findFirst()
                .orElseThrow();
        String key = sabotaged.substring("sabotaged clickhouse.products ".length());
        assertThat(demo.out()).contains("FAILED clickhouse.products").contains("  products " + key);
        assertThat(demo.out().lines().filter(line -> line.startsWith("FAILED"))).hasSize(1);
        checkout.assertNothingRuns();
    }

    @Test
    void aDamagedResultIsFoundAndNamed() throws Exception {
        Run demo = checkout.millrace("demo", "--seconds", "1", "--sabotage", "clickhouse.revenue_1h");

        assertThat(demo.code()).as(demo.out()).isEqualTo(1);
        String sabotaged = demo.out()
                .lines()
                .filter(line -> line.startsWith("sabotaged clickhouse.revenue_1h "))
                .findFirst()
                .orElseThrow();
        String key = sabotaged.substring("sabotaged clickhouse.revenue_1h ".length());
        assertThat(demo.out()).contains("FAILED clickhouse.revenue_1h").contains("  revenue_1h " + key + " items:");
        assertThat(demo.out().lines().filter(line -> line.startsWith("FAILED"))).hasSize(1);
        checkout.assertNothingRuns();
    }
}
