package io.millrace.shop.visitors.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.shop.check.CheckResult;
import io.millrace.shop.check.Json;
import io.millrace.shop.visitors.VisitorTopics;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** What a few events come to, worked out by hand. */
class ExpectedResultsTest {

    private static final long MINUTE = 60_000;
    private static final long NOON = RawEvents.NOON;

    private final RawEvents raw = new RawEvents();

    @Test
    void viewsCountOnceForAPageAndOnlyInWindowsThatAreOver() {
        raw.view("/a", 0, ",\"eventId\":\"1\",\"userId\":\"u\"");
        raw.view("/a", 0, ",\"eventId\":\"1\",\"userId\":\"u\"");
        raw.view("/b", 0, ",\"eventId\":\"1\",\"userId\":\"u\"");
        raw.view("/a", MINUTE, ",\"sessionId\":\"s\"");
        raw.view("/a", MINUTE, "");
        raw.view("/a", 5 * MINUTE + 5_000, "");

        assertRows(
                ExpectedPages.of(raw.ledger),
                Map.of(
                        "window_start=" + NOON + " page_url=/a",
                        "{\"view_count\":3,\"visitors\":2,\"late_count\":0}",
                        "window_start=" + NOON + " page_url=/b",
                        "{\"view_count\":1,\"visitors\":1,\"late_count\":0}"));
        assertThat(ExpectedPages.open(raw.ledger)).isEqualTo(1);
    }

    @Test
    void whatDoesNotSayItsNameIsKnownByItsHeader() {
        for (String name : List.of("1", "1", "2")) {
            byte[] view = ("{\"pageUrl\":\"/a\",\"timestamp\":" + NOON + "}").getBytes(StandardCharsets.UTF_8);
            ConsumerRecord<byte[], byte[]> record = raw.record("page-views", NOON, view);
            record.headers().add(VisitorTopics.NAME_HEADER, name.getBytes(StandardCharsets.UTF_8));
            raw.ledger.views().add(record);
        }
        raw.view("/a", 5 * MINUTE + 5_000, "");

        assertRows(
                ExpectedPages.of(raw.ledger),
                Map.of("window_start=" + NOON + " page_url=/a", "{\"view_count\":2,\"visitors\":0,\"late_count\":0}"));
    }

    @Test
    void visitorsOfADayCountOnceOnWhateverPages() {
        raw.view("/a", -12 * 60 * MINUTE - 1, ",\"userId\":\"u\"");
        raw.view("/a", 0, ",\"userId\":\"u\"");
        raw.view("/b", 7 * MINUTE, ",\"userId\":\"u\"");
        raw.view("/b", 8 * MINUTE, ",\"userId\":\"v\"");
        raw.view("/b", 15 * MINUTE + 5_000, ",\"userId\":\"w\"");

        assertRows(
                ExpectedPages.days(raw.ledger),
                Map.of(
                        "day=" + (NOON - 36 * 60 * MINUTE),
                        "{\"views\":1,\"visitors\":1,\"views_without_sketch\":0}",
                        "day=" + (NOON - 12 * 60 * MINUTE),
                        "{\"views\":3,\"visitors\":2,\"views_without_sketch\":0}"));
    }

    @Test
    void onlyWhatIsBehindItsPartitionCanBeLate() {
        raw.view("/a", 5 * MINUTE + 4_999, "");
        raw.view("/b", 1, "");
        raw.view("/a", 5 * MINUTE + 5_000, "");
        raw.view("/a", 2, "");

        Expected pages = ExpectedPages.of(raw.ledger);
        String row = "{\"view_count\":1,\"visitors\":0,\"late_count\":%d}";
        String key = "window_start=" + NOON + " page_url=/";
        Map<String, JsonNode> found = new TreeMap<>();
        found.put(key + "a", Json.parse(row.formatted(1)));
        found.put(key + "b", Json.parse(row.formatted(0)));
        assertThat(pages.compare("test.rows", found).isOk()).isTrue();

        found.put(key + "b", Json.parse(row.formatted(1)));
        assertThat(pages.compare("test.rows", found).report())
                .contains("page_url=/b late_count: expected at most 0, found 1");
    }

    @Test
    void whatTheJobCalledTooLateIsNotCounted() {
        raw.view("/a", 0, "");
        raw.view("/a", 20 * MINUTE, "");
        String late = "{\"pipeline\":\"analytics\",\"result\":\"page_views_5min\",\"topic\":\"page-views\","
                + "\"partition\":0,\"offset\":0}";
        raw.ledger.addLate(raw.record("late-events", 0, late.getBytes(StandardCharsets.UTF_8)));

        assertRows(ExpectedPages.of(raw.ledger), Map.of());
        assertThat(new Accounts(raw.ledger).late().isOk()).isFalse();
    }

    @Test
    void anOrderIsOneOfAllAndOneOfEachCategory() {
        raw.action(
                "u",
                "purchase",
                0,
                ",\"amount\":\"10.00\",\"currency\":\"EUR\",\"items\":[{\"category\":\"books\",\"quantity\":2,\"price\":1.25},"
                        + "{\"price\":\"3\"}]");
        raw.action("u", "purchase", 1, ",\"amount\":0.5,\"currency\":\"EUR\"");
        raw.action("u", "x", MINUTE + 5_000, "");

        String key = "window_start=" + NOON + " currency=EUR category=";
        assertRows(
                ExpectedRevenue.of(raw.ledger, MINUTE),
                Map.of(
                        key,
                        "{\"revenue\":10.5,\"unattributed\":5.000,\"orders\":2,\"items\":3,\"average_order\":5.25,\"late_count\":0}",
                        key + "books",
                        "{\"revenue\":2.5,\"unattributed\":0,\"orders\":1,\"items\":2,\"average_order\":2.5,\"late_count\":0}",
                        key + "unknown",
                        "{\"revenue\":3,\"unattributed\":0,\"orders\":1,\"items\":1,\"average_order\":3,\"late_count\":0}"));
        assertRows(ExpectedRevenue.of(raw.ledger, 60 * MINUTE), Map.of());
    }

    @Test
    void aClickFollowsFromTheLastSearchBeforeIt() {
        raw.action("u", "search", 0, ",\"query\":\" Red  LAMP\",\"searchId\":\"1\",\"resultsCount\":3");
        raw.action("u", "search", 1_000, ",\"query\":\"red lamp\",\"searchId\":\"2\",\"resultsCount\":0");
        raw.action("u", "search", 2_000, ",\"query\":\"b\",\"sessionId\":\"s\"");
        raw.action("v", "search", 3_000, ",\"query\":\"c\"");
        raw.action("u", "click", 4_000, ",\"searchId\":\"1\"");
        raw.action("u", "click", 302_000, ",\"sessionId\":\"s\"");
        raw.action("v", "click", 303_001, "");
        raw.action("u", "x", 400_000, "");

        assertRows(
                ExpectedSearches.of(raw.ledger, 2),
                Map.of(
                        "window_start=" + NOON + " term=red lamp",
                        "{\"searches\":2,\"users\":1,\"zero_results\":1,\"zero_result_rate\":0.5,\"clicked\":1,\"click_through_rate\":0.5}",
                        "window_start=" + NOON + " term=b",
                        "{\"searches\":1,\"users\":1,\"zero_results\":0,\"zero_result_rate\":0,\"clicked\":1,\"click_through_rate\":1}"));
    }

    @Test
    void aClickWithoutAnIdFollowsFromTheLastSearchOfItsSessionWhateverIdThatHas() {
        raw.action("u", "search", 0, ",\"query\":\"a\",\"sessionId\":\"s\"");
        raw.action("u", "search", 1_000, ",\"query\":\"b\",\"sessionId\":\"s\",\"searchId\":\"1\"");
        raw.action("u", "click", 2_000, ",\"sessionId\":\"s\"");
        raw.action("u", "click", 3_000, "");
        raw.action("u", "x", 400_000, "");

        String counts = "{\"searches\":1,\"users\":1,\"zero_results\":0,\"zero_result_rate\":0,";
        assertRows(
                ExpectedSearches.of(raw.ledger, 2),
                Map.of(
                        "window_start=" + NOON + " term=a",
                        counts + "\"clicked\":0,\"click_through_rate\":0}",
                        "window_start=" + NOON + " term=b",
                        counts + "\"clicked\":1,\"click_through_rate\":1}"));
    }

    @Test
    void sessionsEndWhereNothingHappensForHalfAnHour() {
        raw.view("/in", 0, ",\"sessionId\":\"s\"");
        raw.action("u", "purchase", MINUTE, ",\"sessionId\":\"s\",\"amount\":1,\"currency\":\"EUR\"");
        raw.view("/out", 30 * MINUTE, ",\"sessionId\":\"s\"");
        raw.view("/next", 60 * MINUTE, ",\"sessionId\":\"s\"");
        raw.view("/", 90 * MINUTE, "");
        raw.action("u", "x", 90 * MINUTE, "");

        assertRows(
                ExpectedSessions.of(raw.ledger),
                Map.of(
                        "session_start=" + NOON + " session_id=s",
                        "{\"ended\":" + (NOON + 30 * MINUTE)
                                + ",\"pages\":2,\"entry_page\":\"/in\",\"exit_page\":\"/out\",\"searches\":0,\"clicks\":0,"
                                + "\"cart_additions\":0,\"purchases\":1,\"converted\":1,\"steps\":3,\"late_count\":0}"));
        assertRows(
                ExpectedSessions.funnel(raw.ledger),
                Map.of("hour=" + NOON, "{\"sessions\":1,\"viewed\":1,\"engaged\":0,\"carted\":0,\"bought\":0}"));
    }

    @Test
    void percentilesAreThoseOfTheNearestRank() {
        for (int i = 1; i <= 100; i++) {
            raw.request(i, i > 98 ? 503 : 200, 0);
        }
        raw.request(1, 200, MINUTE + 5_000);

        assertRows(
                ExpectedLatency.of(raw.ledger),
                Map.of(
                        "window_start=" + NOON + " service=s route=/ method=GET",
                        "{\"requests\":100,\"bucketed\":100,\"errors\":2,\"error_rate\":0.02,\"p50\":50.3,\"p90\":90,\"p99\":98.5,"
                                + "\"p999\":100,\"late_count\":0}"));
    }

    @Test
    void aUserIsOfTheVariantThatWasShownFirstAndBuysForIt() {
        String shown = ",\"experiment\":{\"id\":\"e\",\"variant\":\"A\"}";
        raw.action("u", "purchase", 0, ",\"amount\":1,\"currency\":\"EUR\"");
        raw.action("u", "click", 1, shown);
        raw.action("u", "purchase", 2, ",\"amount\":2.5,\"currency\":\"EUR\"");
        raw.action("u", "purchase", 61 * MINUTE, ",\"amount\":3,\"currency\":\"EUR\"" + shown);
        raw.action("v", "click", 62 * MINUTE, shown);
        raw.action("v", "x", 121 * MINUTE, "");

        String key = " experiment=e variant=A currency=";
        assertRows(
                ExpectedExperiments.of(raw.ledger),
                Map.of(
                        "window_start=" + NOON + key,
                        "{\"exposures\":1,\"users\":1,\"new_users\":1,\"buyers\":1,\"converted\":1,\"crossed\":0,\"orders\":1,\"late_count\":0}",
                        "window_start=" + NOON + key + "EUR",
                        "{\"orders\":1,\"revenue\":2.50,\"late_count\":0}",
                        "window_start=" + (NOON + 60 * MINUTE) + key,
                        "{\"exposures\":2,\"users\":2,\"new_users\":1,\"buyers\":1,\"converted\":0,\"crossed\":0,\"orders\":1,\"late_count\":0}",
                        "window_start=" + (NOON + 60 * MINUTE) + key + "EUR",
                        "{\"orders\":1,\"revenue\":3,\"late_count\":0}"));
    }

    @Test
    void aMismatchIsToldOfOnceForEachTimeThatItComesAbout() {
        expose(0, 22, "A", 0);
        expose(22, 25, "B", 0);
        expose(25, 30, "B", 61 * MINUTE);
        expose(30, 45, "B", 121 * MINUTE);
        expose(45, 90, "A", 181 * MINUTE);
        raw.action("v", "x", 241 * MINUTE, "");

        String type = "{\"type\":\"sample-ratio-mismatch\",\"pValue\":";
        String shares = ",\"variants\":[{\"variant\":\"A\",\"users\":%d,\"expected\":%s},"
                + "{\"variant\":\"B\",\"users\":%d,\"expected\":%s}]}";
        // 22 : 8 and 22 : 23 are none in between
        assertRows(
                ExpectedAlerts.of(raw.ledger, 20),
                Map.of(
                        "experiment=e windowEnd=2026-03-01T13:00:00Z",
                        type + "0.00014469608785023993" + shares.formatted(22, "12.5", 3, "12.5"),
                        "experiment=e windowEnd=2026-03-01T16:00:00Z",
                        type + "3.5178447530780245e-06" + shares.formatted(67, "45.0", 23, "45.0")));
        assertRows(ExpectedAlerts.of(raw.ledger, 91), Map.of());
    }

    private void expose(int from, int to, String variant, long after) {
        String shown = ",\"experiment\":{\"id\":\"e\",\"variant\":\"" + variant + "\"}";
        for (int user = from; user < to; user++) {
            raw.action("u" + user, "click", after, shown);
        }
    }

    @Test
    void aUserIsToldOfOnceForEachStayWithAPurchase() {
        raw.action("u", "purchase", MINUTE, ",\"amount\":1,\"currency\":\"EUR\"");
        raw.action("u", "click", 6 * MINUTE, "");
        raw.action("u", "purchase", 70 * MINUTE, ",\"amount\":1,\"currency\":\"EUR\"");
        raw.action("v", "x", 75 * MINUTE + 5_000, "");
        ExpectedActivity activity = new ExpectedActivity(raw.ledger);

        String first = "\"windowStart\":\"2026-03-01T11:05:00Z\",\"windowEnd\":\"2026-03-01T12:05:00Z\",\"clicks\":0";
        String second = "\"windowStart\":\"2026-03-01T12:15:00Z\",\"windowEnd\":\"2026-03-01T13:15:00Z\",\"clicks\":0";
        String rest = ",\"pageViews\":0,\"searches\":0,\"purchases\":1,\"events\":1,\"late\":0}";
        assertRows(
                activity.detected(),
                Map.of(
                        "userId=u windowEnd=2026-03-01T12:05:00Z",
                        "{" + first + rest,
                        "userId=u windowEnd=2026-03-01T13:15:00Z",
                        "{" + second + rest));
        assertRows(activity.now(), Map.of("userId=u", "{" + second + rest));
    }

    @Test
    void aUserIsToldOfBeforeOrAfterWhatComesLate() {
        raw.action("u", "purchase", MINUTE, ",\"amount\":1,\"currency\":\"EUR\"");
        raw.action("v", "x", 5 * MINUTE + 5_000, "");
        raw.action("u", "click", 4 * MINUTE, "");
        raw.action("v", "x", 10 * MINUTE + 5_000, "");
        Expected detected = new ExpectedActivity(raw.ledger).detected();

        assertThat(differences(detected, told("12:05", 0, 1, 0))).isEmpty();
        assertThat(differences(detected, told("12:05", 1, 1, 1))).isEmpty();
        assertThat(differences(detected, told("12:05", 2, 1, 0))).contains("clicks: expected 0 to 1, found 2");
        assertThat(differences(detected, told("12:05", 0, 0, 0))).contains("purchases: expected 1, found 0");
        assertThat(differences(detected)).contains("expected a row, found nothing");
    }

    @Test
    void aUserWhoMayHaveLeftUntilSomethingCameLateMayBeToldOfAgain() {
        raw.action("u", "purchase", MINUTE, ",\"amount\":1,\"currency\":\"EUR\"");
        raw.action("v", "x", 65 * MINUTE + 5_000, "");
        raw.action("u", "purchase", 64 * MINUTE, ",\"amount\":1,\"currency\":\"EUR\"");
        raw.action("v", "x", 75 * MINUTE + 5_000, "");
        Expected detected = new ExpectedActivity(raw.ledger).detected();

        assertThat(differences(detected, told("12:05", 0, 1, 0))).isEmpty();
        assertThat(differences(detected, told("12:05", 0, 1, 0), told("13:05", 0, 1, 1)))
                .isEmpty();
        assertThat(differences(detected, told("12:05", 0, 1, 0), told("13:10", 0, 1, 1)))
                .contains("windowEnd=2026-03-01T13:10:00Z *: expected nothing, found a row");
        assertThat(differences(detected, told("13:05", 0, 1, 1))).contains("expected a row, found nothing");
    }

    /** What is told of user u with an hour's end. */
    private static JsonNode told(String end, int clicks, int purchases, int late) {
        String start = (Integer.parseInt(end.substring(0, 2)) - 1) + end.substring(2);
        return Json.parse(
                ("{\"userId\":\"u\",\"windowStart\":\"2026-03-01T%s:00Z\",\"windowEnd\":\"2026-03-01T%s:00Z\","
                                + "\"pageViews\":0,\"clicks\":%d,\"searches\":0,\"purchases\":%d,\"events\":%d,\"late\":%d}")
                        .formatted(start, end, clicks, purchases, clicks + Math.max(1, purchases), late));
    }

    private static String differences(Expected expected, JsonNode... found) {
        Map<String, JsonNode> rows = new TreeMap<>();
        for (JsonNode row : found) {
            rows.put(ExpectedActivity.key(row), row);
        }
        CheckResult result = expected.compare("test.rows", rows);
        return result.isOk() ? "" : result.report();
    }

    @Test
    void countersAreThoseOfTheTimeThatAllPartitionsHaveReached() {
        raw.action("u", "purchase", -13 * 60 * MINUTE, ",\"amount\":100,\"currency\":\"EUR\"");
        raw.action("u", "purchase", -MINUTE, ",\"amount\":\"1.10\",\"currency\":\"EUR\"");
        raw.action("u", "purchase", 0, ",\"amount\":2.2,\"currency\":\"EUR\"");
        Expected counters = ExpectedLive.of(raw.ledger);

        String begins = ",\"minuteStart\":\"2026-03-01T12:00:00Z\",\"hourStart\":\"2026-03-01T12:00:00Z\","
                + "\"dayStart\":\"2026-03-01T00:00:00Z\"}";
        assertRows(
                counters,
                Map.of(
                        "live:purchases",
                        "{\"minute\":\"1\",\"hour\":\"1\",\"today\":\"2\"" + begins,
                        "live:revenue:EUR",
                        "{\"minute\":\"2.20\",\"hour\":\"2.2\",\"today\":\"3.30\"" + begins));
    }

    @Test
    void aRecordThatNobodyCanReadMustBeADeadLetter() {
        raw.ledger.views().add(raw.record("page-views", NOON, "{".getBytes(StandardCharsets.UTF_8)));

        assertThat(new Accounts(raw.ledger).letters().report()).contains("page-views-0@0", "a letter, found nothing");
    }

    /** And one number that is wrong is a difference. */
    static void assertRows(Expected expected, Map<String, String> rows) {
        Map<String, JsonNode> found = new TreeMap<>();
        rows.forEach((key, row) -> found.put(key, Json.parse(row)));
        CheckResult result = expected.compare("test.rows", found);

        assertThat(result.isOk()).as(result.report()).isTrue();
        found.forEach((key, row) -> row.fieldNames().forEachRemaining(column -> {
            ObjectNode damaged = row.deepCopy();
            damaged.put(column, "-1");
            Map<String, JsonNode> all = new TreeMap<>(found);
            all.put(key, damaged);
            assertThat(expected.compare("test.rows", all).differ()).as(column).isEqualTo(1);
        }));
        assertThat(expected.compare("test.rows", Map.of("other", Json.parse("{}")))
                        .differ())
                .isEqualTo(rows.size() + 1);
    }
}
