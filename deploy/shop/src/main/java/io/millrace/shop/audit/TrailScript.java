package io.millrace.shop.audit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.shop.ShopRandom;
import io.millrace.shop.Zipf;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Everything that is told of, one after the other. The same seed tells the same. Not for several threads. */
final class TrailScript {

    /** What each customer's name begins with, and no other's. */
    static final String CUSTOMER = "customer-";

    private static final int STAFF = 9;
    private static final double BROKEN = 0.02;
    private static final List<String> CHANGES = List.of("PROFILE_CHANGED", "ADDRESS_CHANGED", "ORDER_CHANGED");
    private static final List<String> AGENTS = List.of("Firefox/128", "Safari/17", "curl/8.5", "Ünïcode/1");

    private final ShopRandom random;
    private final Zipf customers;

    TrailScript(TrailOptions options) {
        this.random = new ShopRandom(options.seed());
        this.customers = new Zipf(options.customers());
    }

    /** Returns what happens at a time, in epoch milliseconds. */
    TrailRecord next(long now) {
        String customer = customer();
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        if (!random.chance(0.05)) {
            event.put("eventId", new UUID(random.bits(), random.bits()).toString());
        }
        @Nullable String about = act(event, customer);
        String type = event.path("eventType").asText();
        time(event, now);
        String correlation = Long.toHexString(random.bits());
        if (random.chance(BROKEN)) {
            return new TrailRecord(customer, type, correlation, BrokenTrail.any(random, customer), true);
        }
        byte[] value = event.toString().getBytes(StandardCharsets.UTF_8);
        return new TrailRecord(about, type, correlation, value, false);
    }

    /** Returns whether somebody takes back what was just told. */
    boolean isTakenBack() {
        return random.chance(0.03);
    }

    private String customer() {
        return CUSTOMER + customers.next(random);
    }

    /** Fills the event; returns whom it is about, or null for nobody. */
    private @Nullable String act(ObjectNode event, String customer) {
        double drawn = random.fraction();
        if (drawn < 0.5) {
            put(event, "DOCUMENT_READ", customer, staff(), "order-" + random.between(1, 2_000));
        } else if (drawn < 0.7) {
            put(event, random.pick(CHANGES), customer, staff(), "profile-" + random.between(1, 999));
        } else if (drawn < 0.75) {
            put(event, "DATA_EXPORTED", customer, staff(), "export-" + random.between(1, 50));
            event.withObject("/metadata").put("rows", random.between(1, 100_000));
        } else if (drawn < 0.9) {
            put(event, "LOGIN", customer, customer, "account");
        } else if (drawn < 0.96) {
            put(event, "WISHLIST_READ", customer, customer(), "wishlist-" + random.between(1, 300));
        } else {
            event.put("eventType", "BACKUP_MADE")
                    .put("accessedBy", "service-backup")
                    .put("resourceId", "database");
            return null;
        }
        ObjectNode metadata = event.withObject("/metadata");
        metadata.put("ip", "10." + random.between(0, 255) + "." + random.between(0, 255) + ".7");
        metadata.put("userAgent", random.pick(AGENTS));
        return customer;
    }

    private static void put(ObjectNode event, String type, String about, String by, String resource) {
        event.put("eventType", type).put("userId", about).put("accessedBy", by).put("resourceId", resource);
    }

    private String staff() {
        return "staff-" + random.between(1, STAFF);
    }

    private void time(ObjectNode event, long now) {
        if (random.chance(0.6)) {
            event.put("timestamp", Instant.ofEpochMilli(now).toString());
        } else if (random.chance(0.8)) {
            event.put("timestamp", now);
        }
    }
}
