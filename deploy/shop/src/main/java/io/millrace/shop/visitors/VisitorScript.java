package io.millrace.shop.visitors;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.shop.ShopRandom;
import io.millrace.shop.Zipf;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** Everything that visitors do, in the order in which it is told. The same seed plays the same. Not for several threads. */
final class VisitorScript {

    private static final long MINUTE = 60_000;

    /** What is repeated or late is told within this time. */
    private static final long LONGEST_DELAY = 2 * MINUTE;

    /** The minute of an hour in which the last visitors go, and that of the next one in which it is closing time. */
    private static final int LAST_MINUTE = 27;

    private static final int BROKEN_OF_HOSTILE = 30;
    private static final List<String> HARMFUL = List.of(
            "'; DROP TABLE millrace.page_views_5min; --",
            "\"\\\" + 1",
            "a\r\nDEL live:views\r\n",
            "nul\u0000 and tab\t",
            "../../etc/passwd",
            "{user:activity:1}:v",
            "\ud83d\ude00 \u202e%s%n${env:HOME}");

    private static final Duration UNTIL_CLOSING = Duration.ofMinutes(35);

    private final VisitorOptions options;
    private final VisitorTopics topics;
    private final ShopRandom random;
    private final VisitorCounts counts;
    private final Mischief mischief;
    private final Site site = new Site();
    private final Zipf users;
    private final PriorityQueue<Telling> waiting = new PriorityQueue<>(Telling.IN_TIME);
    private double nextSession;
    private boolean someAreTooLate;
    private boolean someAreHostile;

    VisitorScript(VisitorTopics topics, VisitorOptions options, VisitorCounts counts) {
        this.options = options;
        this.topics = topics;
        this.counts = counts;
        this.random = new ShopRandom(options.seed());
        this.mischief = new Mischief(topics, random, counts, waiting::add);
        this.users = new Zipf(options.users());
        this.nextSession = options.begin().toEpochMilli();
    }

    /** From now on, some tell of what happened when everything began. */
    void letSomeBeTooLate() {
        someAreTooLate = true;
    }

    /** From now on, most is broken, and some names are made to do harm. */
    void letSomeBeHostile() {
        someAreHostile = true;
    }

    /** From now on no event says its name, by which it would be known again: that stands beside it. */
    void nameNothing() {
        mischief.nameNothing();
    }

    /** Returns what is told up to a time that was not returned before. */
    List<Telling> upTo(Instant time) {
        long end = time.toEpochMilli();
        while (nextSession <= end) {
            open((long) nextSession);
            nextSession += -Math.log(1 - random.fraction()) / options.sessionsPerMinute() * MINUTE;
        }
        List<Telling> told = new ArrayList<>();
        for (Telling next = waiting.peek(); next != null && next.at() <= end; next = waiting.peek()) {
            told.add(next);
            waiting.remove();
        }
        return told;
    }

    private void open(long start) {
        counts.add(VisitorCounts.SESSIONS);
        Browsing.of(topics, site, random, users.next(random), start).forEach(mischief::tell);
        if (random.chance(0.25)) {
            mischief.tellBroken(start);
        }
        if (someAreHostile) {
            harm(start);
        }
        if (someAreTooLate && random.chance(0.25)) {
            Happening any = random.pick(Browsing.of(topics, site, random, users.next(random), start));
            long then = options.begin().toEpochMilli() + random.longBetween(0, 10 * MINUTE);
            mischief.tellTooLate(new Happening(any.topic(), any.key(), any.event(), then), start);
        }
    }

    private void harm(long start) {
        for (int i = 0; i < BROKEN_OF_HOSTILE; i++) {
            mischief.tellBroken(start);
        }
        String user = "visitor-" + users.next(random);
        String session = random.pick(HARMFUL) + Long.toHexString(random.bits());
        ObjectNode view = JsonNodeFactory.instance.objectNode();
        view.put("pageUrl", "/" + random.pick(HARMFUL)).put("sessionId", session);
        mischief.tell(new Happening(topics.views(), user, view, start));
        ObjectNode search = JsonNodeFactory.instance.objectNode();
        search.put("userId", user).put("type", "search").put("sessionId", session);
        search.put("query", random.pick(HARMFUL)).put("resultsCount", 0);
        mischief.tell(new Happening(topics.actions(), user, search, start));
    }

    /** Returns when the last visitors go, if that is to be soon after a time: in the first half of an hour. */
    static Instant lastMinute(Instant time) {
        Instant hour = time.atZone(ZoneOffset.UTC)
                .toLocalDate()
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
        while (hour.plus(Duration.ofMinutes(LAST_MINUTE)).isBefore(time)) {
            hour = hour.plus(Duration.ofHours(1));
        }
        Instant last = hour.plus(Duration.ofMinutes(LAST_MINUTE));
        boolean isLastHour = last.atZone(ZoneOffset.UTC).getHour() == 23;
        // what was counted today is still to be seen at closing time
        return isLastHour ? last.plus(Duration.ofHours(1)) : last;
    }

    /**
     * Returns what is still to be told when nobody comes any more, and then, in each partition, what tells that it is
     * closing time: the windows of everything before are over by that.
     *
     * @param partitions of each topic
     */
    List<Telling> closing(Instant last, Map<String, Integer> partitions) {
        List<Telling> told = new ArrayList<>(upTo(last));
        told.addAll(leftAt(last.toEpochMilli()));
        long closing = last.plus(UNTIL_CLOSING).toEpochMilli();
        partitions.forEach((topic, count) -> {
            for (int partition = 0; partition < count; partition++) {
                byte[] value =
                        atClosingTime(topic, partition, closing).toString().getBytes(StandardCharsets.UTF_8);
                told.add(new Telling(0, topic, partition, "visitor-0", null, value, closing, closing));
            }
        });
        return told;
    }

    /** Returns what has happened by then and is still to be told; nothing else will happen. */
    private List<Telling> leftAt(long last) {
        List<Telling> told = new ArrayList<>();
        for (Telling next = waiting.poll(); next != null; next = waiting.poll()) {
            if (next.of() <= last && next.at() <= last + LONGEST_DELAY) {
                told.add(next);
            }
        }
        return told;
    }

    private ObjectNode atClosingTime(String topic, int partition, long time) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("eventId", "closing-" + topic + "-" + partition);
        event.put("timestamp", time);
        if (topic.equals(topics.views())) {
            event.put("pageUrl", "/").put("sessionId", "closing");
        } else if (topic.equals(topics.actions())) {
            event.put("userId", "visitor-0").put("type", "closing").put("sessionId", "closing");
        } else {
            site.request(event, random);
        }
        return event;
    }
}
