package io.millrace.shop.visitors;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.shop.ShopRandom;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How what happens is told: mostly at once, some of it twice, out of order or late, by clocks that are fast, or not at all
 * as it should be. What is late is less so than a minute: whoever counts for a minute longer counts each, whatever is read
 * first. Of actions at the end of five minutes many are told in the next five, but none in the next hour: what is told once
 * of an hour has no correction.
 */
final class Mischief {

    private static final long SECOND = 1_000;
    private static final long SLICE = 300 * SECOND;
    private static final long HOUR = 12 * SLICE;

    private final VisitorTopics topics;
    private final ShopRandom random;
    private final VisitorCounts counts;
    private final Consumer<Telling> out;
    private long number;
    private boolean areNamed = true;

    Mischief(VisitorTopics topics, ShopRandom random, VisitorCounts counts, Consumer<Telling> out) {
        this.topics = topics;
        this.random = random;
        this.counts = counts;
        this.out = out;
    }

    /** From now on no event says its name: it stands beside it. */
    void nameNothing() {
        areNamed = false;
    }

    /** Tells of something that happens. */
    void tell(Happening happening) {
        if (random.chance(0.03)) {
            // without a time of its own, it has that of its record
            send(happening, happening.event(), happening.time(), null);
            return;
        }
        boolean hasFastClock = random.chance(0.01);
        long ahead = hasFastClock ? random.longBetween(1, 30 * SECOND) : 0;
        ObjectNode event = timed(happening.event(), happening.time() + ahead);
        long told = happening.time() + (hasFastClock ? 0 : delay(happening));
        if (random.chance(0.03)) {
            send(happening, event, told, null);
            return;
        }
        String name = newName();
        send(happening, event, told, name);
        while (random.chance(0.03)) {
            counts.add(VisitorCounts.REPEATED);
            send(happening, event, told + random.longBetween(0, 120 * SECOND), name);
        }
    }

    /** Tells of something that happened so long ago that no window takes it any more. */
    void tellTooLate(Happening happening, long now) {
        ObjectNode event = timed(happening.event(), happening.time());
        counts.add(VisitorCounts.TOO_LATE);
        send(happening, event, now, newName());
    }

    /** Tells of something that nobody can read. */
    void tellBroken(long now) {
        counts.add(VisitorCounts.BROKEN);
        int kind = random.between(0, 3);
        if (kind == 3) {
            record(topics.actions(), "broken", null, BrokenEvents.purchase(random), now, now);
        } else {
            String topic = kind == 0 ? topics.views() : kind == 1 ? topics.actions() : topics.requests();
            record(topic, "broken-" + random.between(0, 99), null, BrokenEvents.any(random, now), now, now);
        }
    }

    private long delay(Happening happening) {
        double drawn = random.fraction();
        if (drawn < 0.03) {
            return random.longBetween(1, 4 * SECOND);
        }
        long late = random.longBetween(10 * SECOND, 58 * SECOND);
        boolean isAction = happening.topic().equals(topics.actions());
        boolean leavesSlice = isAction && leaves(SLICE, happening.time(), late);
        if (drawn < (leavesSlice ? 0.2 : 0.04) && !(isAction && leaves(HOUR, happening.time(), late))) {
            counts.add(VisitorCounts.LATE);
            return late;
        }
        return 0;
    }

    private static boolean leaves(long stretch, long time, long late) {
        return time / stretch != (time + late) / stretch;
    }

    private ObjectNode timed(ObjectNode event, long time) {
        if (random.chance(0.7)) {
            event.put("timestamp", Instant.ofEpochMilli(time).toString());
        } else if (random.chance(0.5)) {
            event.put("timestamp", time);
        } else {
            event.put("timestamp", Instant.ofEpochMilli(time).toString().replace("Z", "+00:00"));
        }
        return event;
    }

    private String newName() {
        return new UUID(random.bits(), random.bits()).toString();
    }

    private void send(Happening happening, ObjectNode event, long at, @Nullable String name) {
        if (name != null && areNamed) {
            event.put("eventId", name);
        }
        byte[] value = event.toString().getBytes(StandardCharsets.UTF_8);
        record(happening.topic(), happening.key(), areNamed ? null : name, value, at, happening.time());
    }

    private void record(String topic, String key, @Nullable String name, byte @Nullable [] value, long at, long of) {
        out.accept(new Telling(number++, topic, -1, key, name, value, at, of));
    }
}
