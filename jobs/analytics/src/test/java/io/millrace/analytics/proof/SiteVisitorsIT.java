package io.millrace.analytics.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.analytics.JobInProcess;
import io.millrace.testing.Warehouse;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** Visitors of several pages and windows, merged to those of the site in days of a zone, against exact sets. */
class SiteVisitorsIT extends OnRealServers {

    private static final String DATABASE = "site_visitors";
    private static final int VIEWS = 30_000;
    private static final int USERS = 20_000;
    private static final int COARSE = 11;

    /** Three standard errors. */
    private static final Percentage ERROR = Percentage.withPercentage(3 * 0.81);

    private final Random random = new Random(42);

    /** In winter, when it is an hour later in Berlin; and not so long ago that ClickHouse does not keep it. */
    private final LocalDate winterDay = latestLastOfJanuary(LocalDate.now(ZoneOffset.UTC));

    /** By the first of two hours, or the second one: then it is the next day in Berlin. */
    private final Map<Integer, Set<String>> byHour = new TreeMap<>();

    @Test
    void countsEverybodyOncePerDay() throws Exception {
        Topics topics = topics("site");
        Warehouse warehouse = Warehouse.migrated(addresses.clickhouseUrl(), DATABASE);
        try (JobInProcess job = start(yaml(topics, DATABASE, 14))) {
            topics.views(views(winterDay + "T22:30:00Z"));
            topics.time(afterMidnight());
            await("each view").atMost(PATIENCE).until(() -> views(warehouse, "UTC"), List.of("" + VIEWS)::equals);
        }
        Set<String> all = new TreeSet<>(byHour.get(0));
        all.addAll(byHour.get(1));

        requireVisitors(warehouse, "UTC", winterDay, all);
        requireVisitors(warehouse, "Europe/Berlin", winterDay, byHour.get(0));
        requireVisitors(warehouse, "Europe/Berlin", winterDay.plusDays(1), byHour.get(1));
        assertThat(Long.parseLong(warehouse
                        .read("SELECT sum(visitors) FROM " + DATABASE + ".page_views_5min_current")
                        .get(0)))
                .as("the control: visitors of pages and windows are not added up")
                .isGreaterThan(all.size() * 5L / 4);
    }

    /** Rows of a lower precision, or without registers, beside others of the same day. */
    @Test
    void mergesWhatIsOfDifferentPrecision() throws Exception {
        String database = DATABASE + "_coarse";
        Warehouse warehouse = Warehouse.migrated(addresses.clickhouseUrl(), database);
        String day = "SELECT %s FROM " + database + ".site_visitors_1d(zone = 'UTC') WHERE day = '" + winterDay + "'";
        List<String> begins = List.of(winterDay + "T10:00:00Z", winterDay + "T16:00:00Z");
        for (int i = 0; i < begins.size(); i++) {
            Topics topics = topics(i == 0 ? "site-fine" : "site-coarse");
            String expected = "" + (i + 1) * VIEWS;
            try (JobInProcess job = start(yaml(topics, database, i == 0 ? 14 : COARSE))) {
                topics.views(views(begins.get(i)));
                topics.time(afterMidnight());
                await("each view")
                        .atMost(PATIENCE)
                        .until(() -> warehouse.read(day.formatted("views")), List.of(expected)::equals);
            }
        }
        warehouse.read("INSERT INTO " + database + ".page_views_5min (window_start, page_url, view_count, visitors,"
                + " late_count, _version, _is_deleted) VALUES ('" + winterDay
                + " 09:00:00', '/before', 7, 5, 0, 7, 0)");
        Set<String> all = new TreeSet<>(byHour.get(0));
        all.addAll(byHour.get(1));

        assertThat(warehouse.read(day.formatted("views, views_without_sketch")))
                .containsExactly((2 * VIEWS + 7) + "\t7");
        assertThat(Double.parseDouble(warehouse.read(day.formatted("visitors")).get(0)))
                .isCloseTo((double) all.size(), Percentage.withPercentage(300 * 1.04 / Math.sqrt(1 << COARSE)));
    }

    private static String yaml(Topics topics, String database, int precision) {
        return topics.yaml(0).replace("clickhouse: {", "clickhouse: {database: " + database + ", ")
                + "results: [page-views]\npage-views: {visitors-precision: " + precision + "}\n";
    }

    private static LocalDate latestLastOfJanuary(LocalDate today) {
        LocalDate ofThisYear = today.withMonth(1).withDayOfMonth(31);
        return ofThisYear.isBefore(today.minusDays(1)) ? ofThisYear : ofThisYear.minusYears(1);
    }

    /** Half an hour after the end of the day. */
    private Instant afterMidnight() {
        return Instant.parse(winterDay.plusDays(1) + "T00:30:00Z");
    }

    private List<String> views(Warehouse warehouse, String zone) {
        return warehouse.read("SELECT sum(views) FROM " + DATABASE + ".site_visitors_1d(zone = '" + zone
                + "') WHERE day = '" + winterDay + "'");
    }

    private static void requireVisitors(Warehouse warehouse, String zone, LocalDate day, Set<String> visitors) {
        List<String> found = warehouse.read("SELECT visitors, views_without_sketch FROM " + DATABASE
                + ".site_visitors_1d(zone = '" + zone + "') WHERE day = '" + day + "'");

        assertThat(found).singleElement().asString().endsWith("\t0");
        assertThat(Double.parseDouble(found.get(0).split("\t", -1)[0]))
                .as("visitors of %s in %s", day, zone)
                .isCloseTo((double) visitors.size(), ERROR);
    }

    /** Views of ten pages in an hour: thirty minutes of it before, and thirty after it is midnight in Berlin. */
    private List<String> views(String from) {
        Instant begin = Instant.parse(from);
        List<String> views = new ArrayList<>();
        for (int i = 0; i < VIEWS; i++) {
            long second = 3_600L * i / VIEWS;
            int half = second < 1_800 ? 0 : 1;
            String user = "user " + (random.nextInt(USERS) + half * USERS / 2);
            byHour.computeIfAbsent(half, unseen -> new TreeSet<>()).add(user);
            views.add("{\"eventId\":\"%s\",\"pageUrl\":\"/%d\",\"userId\":\"%s\",\"timestamp\":\"%s\"}"
                    .formatted(from + i, random.nextInt(10), user, begin.plusSeconds(second)));
        }
        return views;
    }
}
