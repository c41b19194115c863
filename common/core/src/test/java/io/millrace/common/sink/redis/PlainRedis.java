package io.millrace.common.sink.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanIterator;
import io.lettuce.core.api.sync.RedisCommands;
import io.millrace.common.replay.Version;
import java.util.Map;
import java.util.TreeMap;

/** Looks into Redis as a service would, with nothing of what is tested. */
final class PlainRedis implements AutoCloseable {

    private final RedisClient client;
    private final RedisCommands<String, String> commands;

    PlainRedis(String uri) {
        this.client = RedisClient.create(uri);
        this.commands = client.connect().sync();
    }

    RedisCommands<String, String> ask() {
        return commands;
    }

    static String versionKey(String key) {
        return "{" + key + "}:v";
    }

    /** Returns the version remembered for a key, or -1. */
    long version(String key) {
        String text = commands.get(versionKey(key));
        return text == null ? -1 : Version.parse(text);
    }

    /** Returns the plain keys that begin like this, with their values. */
    Map<String, String> values(String prefix) {
        return found(prefix);
    }

    /** Returns the versions remembered for keys that begin like this, by the plain key. */
    Map<String, Long> versions(String prefix) {
        Map<String, Long> versions = new TreeMap<>();
        found("{" + prefix)
                .forEach((key, text) ->
                        versions.put(key.substring(1, key.length() - "}:v".length()), Long.valueOf(text)));
        return versions;
    }

    private Map<String, String> found(String prefix) {
        Map<String, String> found = new TreeMap<>();
        ScanIterator.scan(commands, ScanArgs.Builder.matches(prefix + "*").limit(1_000))
                .forEachRemaining(key -> found.put(key, commands.get(key)));
        return found;
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
