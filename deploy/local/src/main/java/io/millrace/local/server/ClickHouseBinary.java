package io.millrace.local.server;

import io.millrace.local.LocalServerException;
import io.millrace.local.StartListener;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** The ClickHouse library, which is an npm package of its own and fetched at the first start. */
final class ClickHouseBinary {

    private static final String LIBRARY = "package/libchdb.so";

    /** The only platform whose package was tried; the checksum is that of the registry. */
    private static final NpmPackage PACKAGE = new NpmPackage(
            "@chdb/lib-linux-x64-gnu",
            "26.7.3-stable.1",
            "XP97mMqnc5tZpKQywR8N7cLTsHNiTmHr30pC5mzo3jWmukjKn2IBa60c2B/gWUNcuFjOMjWoorQICCqBVj5wpw==");

    private ClickHouseBinary() {}

    /** Returns the library's path in the cache; fetches it if it is not there. */
    static Path path(StartListener listener) throws IOException, InterruptedException {
        Platform platform = Platform.current();
        refuseUnknown(platform, Files.exists(Path.of("/lib/ld-musl-x86_64.so.1")));
        return BinaryCache.folder("clickhouse-" + PACKAGE.version() + "-" + platform, folder -> {
                    Path archive = PACKAGE.fetch(BinaryCache.root().resolve("downloads"), listener);
                    listener.note("Unpacking ClickHouse: 566 MB in " + BinaryCache.root());
                    try (var in =
                            new GZIPInputStream(new BufferedInputStream(Files.newInputStream(archive)), 1 << 16)) {
                        BinaryCache.untar(in, folder);
                    }
                    Files.deleteIfExists(archive);
                })
                .resolve(LIBRARY);
    }

    static void refuseUnknown(Platform platform, boolean musl) {
        if (!platform.equals(new Platform("linux", "amd64")) || musl) {
            throw new LocalServerException("The local ClickHouse runs on linux-amd64 with glibc; this is " + platform
                    + (musl ? " with musl" : "") + ". Start the other servers without it");
        }
    }
}
