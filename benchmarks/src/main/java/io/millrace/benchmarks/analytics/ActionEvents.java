package io.millrace.benchmarks.analytics;

import io.millrace.benchmarks.workload.Zipf;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/** What users do: some 310 bytes. One user buys something every minute, by whom others can tell how far windows are. */
final class ActionEvents implements EventKind {

    static final String TOPIC = "user-actions";

    /** Who buys every minute. */
    static final String CLOCK = "u-clock";

    private static final long MINUTE = 60_000;
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final int HIGH_VALUE_CLICKS = 50;

    private final Zipf users;
    private final TimeSpan span;
    private final Map<String, Activity> lastHour = new HashMap<>();
    private long minute = -1;

    /** What a user did in the last window. */
    static final class Activity {
        long pageViews;
        long clicks;
        long searches;
        long purchases;
        long events;

        void count(String type) {
            events++;
            switch (type) {
                case "page_view" -> pageViews++;
                case "click" -> clicks++;
                case "search" -> searches++;
                case "purchase" -> purchases++;
                default -> {}
            }
        }

        boolean isHighValue() {
            return purchases > 0 || clicks > HIGH_VALUE_CLICKS;
        }

        @Override
        public String toString() {
            return pageViews + " " + clicks + " " + searches + " " + purchases;
        }
    }

    ActionEvents(int users, TimeSpan span) {
        this.users = new Zipf(users, 0.8);
        this.span = span;
    }

    @Override
    public String topic() {
        return TOPIC;
    }

    @Override
    public Event make(long time, RandomGenerator random) {
        boolean isClock = time / MINUTE > minute;
        minute = Math.max(minute, time / MINUTE);
        String user = isClock ? CLOCK : "u-" + users.next(random);
        String type = isClock ? "purchase" : type(random.nextInt(1_000));
        if (time >= span.end() - HOUR) {
            lastHour.computeIfAbsent(user, unknown -> new Activity()).count(type);
        }
        return event(user, type, time, random.nextInt());
    }

    private static String type(int drawn) {
        if (drawn < 550) {
            return "page_view";
        }
        if (drawn < 880) {
            return "click";
        }
        if (drawn < 960) {
            return "search";
        }
        return drawn < 998 ? "add_to_cart" : "purchase";
    }

    @Override
    public Event closing(long time) {
        return event("u-closing", "add_to_cart", time, 0);
    }

    private static Event event(String user, String type, long time, int any) {
        String id = Integer.toHexString(any | 0x10000000);
        String own = switch (type) {
            case "click" -> "\"searchId\":\"q-" + id + "\",\"target\":\"/products/shoes/running/17\"";
            case "search" -> "\"searchId\":\"q-" + id + "\",\"query\":\"running shoes\",\"resultsCount\":12";
            case "purchase" -> "\"orderId\":\"o-" + id + "\",\"amount\":\"59.90\",\"currency\":\"EUR\"";
            default -> "\"productId\":\"p-" + id + "\",\"position\":3";
        };
        String json =
                "{\"userId\":\"" + user + "\",\"sessionId\":\"s-" + id + "\",\"type\":\"" + type + "\",\"timestamp\":\""
                        + Instant.ofEpochMilli(time) + "\"," + own + ",\"userAgent\":\"Mozilla/5.0 (X11; Linux x86_64)"
                        + " AppleWebKit/537.36 (KHTML, like Gecko)\",\"viewport\":\"1920x1080\",\"locale\":\"en-GB\",\"pageUrl\":\"/products/shoes/running/17\"}";
        return new Event(user, json, time);
    }

    /** Returns the users who must be of high value in the last window, with what they did. */
    Map<String, Activity> expected() {
        Map<String, Activity> high = new HashMap<>(lastHour);
        high.values().removeIf(activity -> !activity.isHighValue());
        return high;
    }

    /** Returns who did anything in the last window. */
    Set<String> active() {
        return new HashSet<>(lastHour.keySet());
    }
}
