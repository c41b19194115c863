package io.millrace.shop.visitors;

import io.millrace.shop.ShopRandom;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What producers send that breaks the contract. */
final class BrokenEvents {

    private static final int DEEP = 60;
    private static final int LARGE = 300_000;
    private static final long FAR = 86_400_000;

    private BrokenEvents() {}

    /** Returns one that no topic of events takes; null for a record without a value. */
    static byte @Nullable [] any(ShopRandom random, long now) {
        String future = Instant.ofEpochMilli(now + FAR).toString();
        String whole =
                "\"pageUrl\":\"/\",\"userId\":\"u\",\"type\":\"click\",\"service\":\"s\",\"route\":\"/\",\"method\":\"GET\","
                        + "\"status\":200,\"durationMs\":1";
        @Nullable
        String value = switch (random.between(0, 9)) {
            case 0 -> "{" + whole + ",\"cut off he";
            case 1 -> "[{" + whole + "}]";
            case 2 -> "a line of a log";
            case 3 -> "{\"sessionId\":\"s\"}";
            case 4 -> "{" + whole + ",\"timestamp\":\"" + future + "\"}";
            case 5 -> "{" + whole + ",\"x\":" + "[".repeat(DEEP) + "]".repeat(DEEP) + "}";
            case 6 -> "{" + whole + ",\"timestamp\":\"yesterday\"}";
            case 7 -> "{" + whole + "} {}";
            case 8 -> random.chance(0.2) ? "{" + whole + ",\"x\":\"" + "x".repeat(LARGE) + "\"}" : "";
            default -> null;
        };
        return value == null ? null : value.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns a purchase that nobody can add up. */
    static byte[] purchase(ShopRandom random) {
        String payment = random.pick(List.of(
                "\"amount\":\"12,50\",\"currency\":\"EUR\"",
                "\"currency\":\"EUR\"",
                "\"amount\":12.5",
                "\"amount\":1e99,\"currency\":\"EUR\"",
                "\"amount\":1,\"currency\":\"EUR\",\"items\":{}",
                "\"amount\":1,\"currency\":\"EUR\",\"items\":[{\"category\":\"books\",\"quantity\":1.5}]"));
        return ("{\"userId\":\"u\",\"type\":\"purchase\"," + payment + "}").getBytes(StandardCharsets.UTF_8);
    }
}
