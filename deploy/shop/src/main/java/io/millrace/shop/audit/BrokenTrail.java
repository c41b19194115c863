package io.millrace.shop.audit;

import io.millrace.shop.ShopRandom;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What services write that is no audit event, though it tells of somebody. */
final class BrokenTrail {

    private static final int DEEP = 60;
    private static final int LARGE = 300_000;

    private BrokenTrail() {}

    /** Returns one; null for a record without a value. */
    static byte @Nullable [] any(ShopRandom random, String customer) {
        String whole = "\"eventType\":\"DOCUMENT_READ\",\"userId\":\"" + customer + "\"";
        @Nullable
        String value = switch (random.between(0, 8)) {
            case 0 -> "{" + whole + ",\"cut off he";
            case 1 -> "[{" + whole + "}]";
            case 2 -> "WARN " + customer + " was read by nobody knows whom";
            case 3 -> "{\"userId\":\"" + customer + "\"}";
            case 4 -> "{" + whole + ",\"x\":" + "[".repeat(DEEP) + "]".repeat(DEEP) + "}";
            case 5 -> "{" + whole + ",\"timestamp\":\"yesterday\"}";
            case 6 -> "{" + whole + ",\"metadata\":\"10.0.0.7\"}";
            case 7 -> random.chance(0.3) ? "{" + whole + ",\"x\":\"" + "x".repeat(LARGE) + "\"}" : "";
            default -> null;
        };
        return value == null ? null : value.getBytes(StandardCharsets.UTF_8);
    }
}
