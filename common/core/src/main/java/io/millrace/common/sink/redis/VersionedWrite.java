package io.millrace.common.sink.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One call of the script.
 *
 * @param value null to delete the key
 * @param valueMillis the value's time to live; 0 for no end
 * @param versionMillis that of the remembered version; 0 for no end
 */
record VersionedWrite(String key, byte @Nullable [] value, long version, long valueMillis, long versionMillis) {

    static VersionedWrite delete(String key, long version, Duration versionRetention) {
        return new VersionedWrite(key, null, version, 0, versionRetention.toMillis());
    }

    /** The version outlives the value. */
    static VersionedWrite set(
            String key, byte[] value, long version, @Nullable Duration timeToLive, Duration versionRetention) {
        if (timeToLive == null) {
            return new VersionedWrite(key, value, version, 0, 0);
        }
        long versionMillis = timeToLive.plus(versionRetention).toMillis();
        return new VersionedWrite(key, value, version, timeToLive.toMillis(), versionMillis);
    }

    byte[] keyBytes() {
        return key.getBytes(StandardCharsets.UTF_8);
    }

    /** The version's own key; the braces put it into the slot of the plain key in a Redis Cluster. */
    byte[] versionKeyBytes() {
        return ("{" + key + "}:v").getBytes(StandardCharsets.UTF_8);
    }
}
