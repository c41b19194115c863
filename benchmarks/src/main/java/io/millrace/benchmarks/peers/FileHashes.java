package io.millrace.benchmarks.peers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/** Computes the SHA-256 of every Parquet file of a folder, by one thread. It has done so once before any clock starts. */
final class FileHashes implements Peer {

    private static final int KILO = 1_000;

    private final byte[] buffer = new byte[1 << 18];
    private List<Path> files = List.of();

    @Override
    public void prepare(Settings settings) throws Exception {
        try (Stream<Path> all = Files.walk(Path.of(settings.get(Settings.FOLDER)))) {
            files = all.filter(file -> file.getFileName().toString().endsWith(".parquet"))
                    .sorted()
                    .toList();
        }
        run(done -> {});
    }

    /** Tells of kilobytes. */
    @Override
    public void run(LongConsumer progress) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        long bytes = 0;
        for (Path file : files) {
            bytes += hash(file, digest);
            progress.accept(bytes / KILO);
        }
    }

    private long hash(Path file, MessageDigest digest) throws IOException {
        long bytes = 0;
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
                bytes += read;
            }
        }
        digest.digest();
        return bytes;
    }
}
