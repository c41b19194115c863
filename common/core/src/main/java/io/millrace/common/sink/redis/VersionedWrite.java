package io.millrace.common.sink.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One call of the script.
 *
 * @param kind what it does with the key
 * @param value null exactly if nothing is set
 * @param valueMillis the value's time to live; 0 for no end
 * @param versionMillis that of the remembered version; 0 for no end
 */
record VersionedWrite(
        Kind kind, String key, byte @Nullable [] value, long version, long valueMillis, long versionMillis) {

    enum Kind {
        SET,
        /** Sets a hash of the fields of a JSON object, and no others. */
        HASH,
        DELETE,
        /** Deletes only what is older: an equal version is a row of the snapshot itself. */
        SWEEP
    }

    static VersionedWrite delete(String key, long version, Duration versionRetention) {
        return new VersionedWrite(Kind.DELETE, key, null, version, 0, versionRetention.toMillis());
    }

    static VersionedWrite sweep(String key, long version, Duration versionRetention) {
        return new VersionedWrite(Kind.SWEEP, key, null, version, 0, versionRetention.toMillis());
    }

    /** The version outlives the value. */
    static VersionedWrite set(
            String key, byte[] value, long version, @Nullable Duration timeToLive, Duration versionRetention) {
        long valueMillis = timeToLive == null ? 0 : timeToLive.toMillis();
        long versionMillis =
                timeToLive == null ? 0 : timeToLive.plus(versionRetention).toMillis();
        return new VersionedWrite(Kind.SET, key, value, version, valueMillis, versionMillis);
    }

    /** Returns the same, of a hash. */
    VersionedWrite asHash() {
        return new VersionedWrite(Kind.HASH, key, value, version, valueMillis, versionMillis);
    }

    byte[] keyBytes() {
        return key.getBytes(StandardCharsets.UTF_8);
    }

    /** The version's own key; the braces put it into the slot of the plain key in a Redis Cluster. */
    byte[] versionKeyBytes() {
        return versionKey(key);
    }

    static byte[] versionKey(String key) {
        return ("{" + key + "}:v").getBytes(StandardCharsets.UTF_8);
    }
}
