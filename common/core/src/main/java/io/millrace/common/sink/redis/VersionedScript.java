package io.millrace.common.sink.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.millrace.common.replay.Version;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The script that compares versions and writes, in one step that nothing can come between. */
final class VersionedScript {

    private static final String RESOURCE = "versioned-write.lua";
    private static final int KEYS = 2;
    private static final int ARGUMENTS = 6;
    private static final byte[] SET = bytes("set");
    private static final byte[] HASH = bytes("hash");
    private static final byte[] DELETE = bytes("delete");
    private static final byte[] SWEEP = bytes("sweep");
    private static final byte[] NOTHING = new byte[0];
    private static final byte[] ZERO = bytes("0");

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

    /**
     * Calls the script that was loaded under this digest.
     *
     * @param writes in a cluster, of keys in one slot
     * @return one answer for each write, in their order; fails if Redis did not do what it was asked for any of them
     */
    static CompletionStage<List<Answer>> call(
            RedisClusterAsyncCommands<byte[], byte[]> redis, String digest, List<VersionedWrite> writes) {
        byte[][] keys = new byte[KEYS * writes.size()][];
        List<byte[]> arguments = new ArrayList<>(ARGUMENTS * writes.size());
        int key = 0;
        for (VersionedWrite write : writes) {
            keys[key++] = write.keyBytes();
            keys[key++] = write.versionKeyBytes();
            addArguments(write, arguments);
        }
        CompletionStage<List<Object>> answers =
                redis.evalsha(digest, ScriptOutputType.MULTI, keys, arguments.toArray(byte[][]::new));
        return answers.thenApply(VersionedScript::answers);
    }

    private static void addArguments(VersionedWrite write, List<byte[]> arguments) {
        boolean isHash = write.kind() == VersionedWrite.Kind.HASH;
        byte[] value = write.value();
        List<byte[]> fields = isHash && value != null ? HashFields.of(value) : List.of();
        arguments.add(bytes(Version.toText(write.version())));
        arguments.add(kind(write.kind()));
        arguments.add(value == null || isHash ? NOTHING : value);
        arguments.add(number(write.valueMillis()));
        arguments.add(number(write.versionMillis()));
        arguments.add(number(fields.size() / 2));
        arguments.addAll(fields);
    }

    private static List<Answer> answers(List<Object> told) {
        List<Answer> answers = new ArrayList<>(told.size());
        for (Object each : told) {
            answers.add(answer(each));
        }
        return answers;
    }

    private static Answer answer(Object told) {
        if (told instanceof byte[] error) {
            return Answer.failed(new RedisCommandExecutionException(new String(error, StandardCharsets.UTF_8).strip()));
        }
        return ((Long) told) == 1 ? Answer.APPLIED : Answer.STALE;
    }

    private static byte[] kind(VersionedWrite.Kind kind) {
        return switch (kind) {
            case SET -> SET;
            case HASH -> HASH;
            case DELETE -> DELETE;
            case SWEEP -> SWEEP;
        };
    }

    private static byte[] number(long number) {
        return number == 0 ? ZERO : bytes(Long.toString(number));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
