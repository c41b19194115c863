package io.millrace.common.sink.redis;

import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.millrace.common.replay.Version;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.CompletionStage;

/** The script that compares versions and writes, in one step that nothing can come between. */
final class VersionedScript {

    private static final String RESOURCE = "versioned-write.lua";
    private static final byte[] NOTHING = new byte[0];

    private VersionedScript() {}

    static byte[] text() {
        try (InputStream in = VersionedScript.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is not in the jar");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Calls the script that was loaded under this digest. */
    static CompletionStage<Answer> call(
            RedisClusterAsyncCommands<byte[], byte[]> redis, String digest, VersionedWrite write) {
        byte[] value = write.value();
        CompletionStage<Long> applied = redis.evalsha(
                digest,
                ScriptOutputType.INTEGER,
                new byte[][] {write.keyBytes(), write.versionKeyBytes()},
                bytes(Version.toText(write.version())),
                bytes(write.kind().name().toLowerCase(Locale.ROOT)),
                value == null ? NOTHING : value,
                bytes(Long.toString(write.valueMillis())),
                bytes(Long.toString(write.versionMillis())));
        return applied.handle((result, error) -> {
            if (error != null) {
                return Answer.failed(error);
            }
            return result == 1 ? Answer.APPLIED : Answer.STALE;
        });
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
