package io.millrace.common.sink.redis;

import io.millrace.common.replay.Version;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the keys of a route are found again. Where rows are written, each key that holds one has a version beside it: the
 * versions are looked for, and a key without one is somebody else's. Where keys are invalidated, services fill them,
 * and any key of the template is looked at: to delete more of a cache than is necessary does no harm.
 */
final class RouteKeys {

    private static final String BEFORE = "{";
    private static final String AFTER = "}:v";
    private static final int VERSION_LENGTH = Version.toText(0).length();

    private final RedisRoute route;

    RouteKeys(RedisRoute route) {
        this.route = route;
    }

    /** Returns Redis' pattern; it can match more. */
    String pattern() {
        String keys = route.key().pattern();
        return writes() ? BEFORE + keys + AFTER : keys;
    }

    /** Returns the plain keys that some row of the route can have, each once. */
    List<String> among(List<byte[]> found) {
        Set<String> keys = new LinkedHashSet<>();
        for (byte[] bytes : found) {
            String name = new String(bytes, StandardCharsets.UTF_8);
            String key = writes() ? ofVersionKey(name) : name;
            boolean text = Arrays.equals(name.getBytes(StandardCharsets.UTF_8), bytes);
            if (text && key != null && route.key().canMake(key)) {
                keys.add(key);
            }
        }
        return List.copyOf(keys);
    }

    private static @Nullable String ofVersionKey(String name) {
        boolean is =
                name.startsWith(BEFORE) && name.endsWith(AFTER) && name.length() > BEFORE.length() + AFTER.length();
        return is ? name.substring(BEFORE.length(), name.length() - AFTER.length()) : null;
    }

    /**
     * Tells whether a key is of a row that a sweep says is gone.
     *
     * @param held what is remembered as the key's version; see {@link RedisKeys#versions}
     */
    boolean isSwept(@Nullable String held, long below) {
        if (held == null || !isVersion(held)) {
            return !writes();
        }
        return held.compareTo(Version.toText(below)) < 0;
    }

    private static boolean isVersion(String text) {
        return text.length() == VERSION_LENGTH && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private boolean writes() {
        return route.mode() == RedisMode.WRITE;
    }
}
