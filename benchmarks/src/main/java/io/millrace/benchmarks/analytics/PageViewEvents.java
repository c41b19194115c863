package io.millrace.benchmarks.analytics;

import io.millrace.benchmarks.workload.Zipf;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Views of pages, as services write them: some 310 bytes. None has an {@code eventId}, for no peer looks for duplicates.
 */
final class PageViewEvents implements EventKind {

    static final String TOPIC = "page-views";
    static final long WINDOW = 300_000;

    private static final int USER_BITS = 21;
    private static final long USERS = (1L << USER_BITS) - 1;

    private final Zipf pages;
    private final Zipf users;
    private final int pageCount;
    private final TimeSpan span;
    private final Codes seen = new Codes();

    /**
     * What a row must say.
     *
     * @param visitors exactly
     */
    record Row(long views, long visitors) {}

    PageViewEvents(int pages, int users, TimeSpan span) {
        this.pages = new Zipf(pages, 1);
        this.users = new Zipf(users, 0.8);
        this.pageCount = pages;
        this.span = span;
    }

    @Override
    public String topic() {
        return TOPIC;
    }

    @Override
    public Event make(long time, RandomGenerator random) {
        int page = pages.next(random);
        int user = users.next(random);
        long window = (time - span.begin()) / WINDOW;
        seen.add((window * pageCount + page) << USER_BITS | user);
        return event(url(page), "u-" + user, time, random.nextInt());
    }

    @Override
    public Event closing(long time) {
        return event("/closing", "u-0", time, 0);
    }

    private static Event event(String page, String user, long time, int any) {
        String json = "{\"pageUrl\":\"" + page + "\",\"userId\":\"" + user + "\",\"sessionId\":\"s-"
                + Integer.toHexString(any | 0x10000000)
                + "\",\"referrer\":\"https://shop.example.com/search?q=running+shoes\","
                + "\"timestamp\":\"" + Instant.ofEpochMilli(time) + "\",\"userAgent\":\"Mozilla/5.0 (X11; Linux x86_64)"
                + " AppleWebKit/537.36 (KHTML, like Gecko)\",\"viewport\":\"1920x1080\",\"locale\":\"en-GB\"}";
        return new Event(user, json, time);
    }

    private static String url(int page) {
        return "/products/shoes/running/" + page;
    }

    /** Returns what each window and page must come to, by {@link #key}. */
    Map<String, Row> expected() {
        Map<String, Row> rows = new HashMap<>();
        long[] codes = seen.sorted();
        int from = 0;
        while (from < codes.length) {
            long place = codes[from] >> USER_BITS;
            int to = from;
            long visitors = 0;
            while (to < codes.length && codes[to] >> USER_BITS == place) {
                visitors += to == from || (codes[to] & USERS) != (codes[to - 1] & USERS) ? 1 : 0;
                to++;
            }
            long window = span.begin() + place / pageCount * WINDOW;
            rows.put(key(window, url((int) (place % pageCount))), new Row(to - from, visitors));
            from = to;
        }
        return rows;
    }

    static String key(long window, String page) {
        return window + " " + page;
    }
}
