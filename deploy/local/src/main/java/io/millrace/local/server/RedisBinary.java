package io.millrace.local.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** The Redis server that the embedded-redis artifact carries. */
final class RedisBinary {

    private static final Map<String, String> RESOURCES = Map.of(
            "linux-amd64", "redis-server-6.2.6-v5-linux-amd64",
            "linux-arm64", "redis-server-6.2.7-linux-arm64",
            "darwin-amd64", "redis-server-6.2.6-v5-darwin-amd64",
            "darwin-arm64", "redis-server-6.2.6-v5-darwin-arm64");

    private RedisBinary() {}

    /** Returns its path in the cache. */
    static Path path() throws IOException, InterruptedException {
        String name = RESOURCES.getOrDefault(Platform.current().toString(), "redis-server-unknown");
        return BinaryCache.folder(name, folder -> {
                    Path binary = folder.resolve("redis-server");
                    try (InputStream in = BinaryCache.resource("Redis", name)) {
                        Files.copy(in, binary);
                    }
                    Files.setPosixFilePermissions(binary, PosixFilePermissions.fromString("rwxr-xr-x"));
                })
                .resolve("redis-server");
    }
}
