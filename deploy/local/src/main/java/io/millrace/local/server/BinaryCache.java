package io.millrace.local.server;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import io.millrace.local.DataFolder;
import io.millrace.local.LocalServerException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Where unpacked server binaries are kept for every run and every checkout: {@code millrace} in {@code XDG_CACHE_HOME},
 * else in {@code ~/.cache}.
 */
final class BinaryCache {

    private static final Map<String, Object> MONITORS = new ConcurrentHashMap<>();

    private BinaryCache() {}

    static Path root() {
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path base = xdg == null || xdg.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
        return base.resolve("millrace").toAbsolutePath();
    }

    /** Fills a folder, which is empty when it is called. */
    interface Filler {
        void fill(Path folder) throws IOException, InterruptedException;
    }

    /**
     * Returns a folder of the cache, filled at the first call by one process, for which the others wait. Nobody sees it
     * half full: it is filled under another name and renamed.
     */
    static Path folder(String name, Filler filler) throws IOException, InterruptedException {
        Path folder = root().resolve(name);
        if (Files.isDirectory(folder)) {
            return folder;
        }
        Files.createDirectories(root());
        // a file lock is the whole process', so its threads take turns first
        synchronized (MONITORS.computeIfAbsent(name, any -> new Object())) {
            try (FileChannel channel = FileChannel.open(root().resolve(name + ".lock"), CREATE, WRITE);
                    FileLock lock = channel.lock()) {
                if (lock.isValid() && !Files.isDirectory(folder)) {
                    fill(folder, filler);
                }
            }
        }
        return folder;
    }

    private static void fill(Path folder, Filler filler) throws IOException, InterruptedException {
        Path part = folder.resolveSibling(folder.getFileName() + ".part");
        DataFolder.deleteTree(part);
        Files.createDirectory(part);
        filler.fill(part);
        Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Opens a file that a dependency carries.
     *
     * @param server for whom, for the error
     * @param resource null if no dependency carries one for this platform
     */
    static InputStream resource(String server, @Nullable String resource) {
        InputStream stream =
                resource == null ? null : BinaryCache.class.getClassLoader().getResourceAsStream(resource);
        if (stream == null) {
            throw new LocalServerException("There is no " + server + " binary for " + Platform.current()
                    + " among the dependencies; the local servers run on linux-amd64");
        }
        return stream;
    }

    /** Unpacks a tar stream into a folder. */
    static void untar(InputStream tar, Path folder) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("tar", "-x", "-f", "-", "-C", folder.toString())
                .redirectErrorStream(true)
                .start();
        try (OutputStream in = process.getOutputStream()) {
            tar.transferTo(in);
        }
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("tar failed in " + folder + ": " + said.trim());
        }
    }
}
