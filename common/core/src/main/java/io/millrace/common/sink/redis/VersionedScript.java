package io.millrace.common.sink.redis;

import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.millrace.common.replay.Version;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
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
        CompletionStage<Long> applied = redis.evalsha(
                digest,
                ScriptOutputType.INTEGER,
                new byte[][] {write.keyBytes(), write.versionKeyBytes()},
                arguments(write));
        return applied.handle((result, error) -> {
            if (error != null) {
                return Answer.failed(error);
            }
            return result == 1 ? Answer.APPLIED : Answer.STALE;
        });
    }

    private static byte[][] arguments(VersionedWrite write) {
        boolean isHash = write.kind() == VersionedWrite.Kind.HASH;
        byte[] value = write.value();
        List<byte[]> arguments = new ArrayList<>(List.of(
                bytes(Version.toText(write.version())),
                bytes(write.kind().name().toLowerCase(Locale.ROOT)),
                value == null || isHash ? NOTHING : value,
                bytes(Long.toString(write.valueMillis())),
                bytes(Long.toString(write.versionMillis()))));
        if (isHash && value != null) {
            arguments.addAll(HashFields.of(value));
        }
        return arguments.toArray(byte[][]::new);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
