package io.millrace.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntPredicate;

/**
 * Ports that no other process of this user chooses while this one lives: that nobody listens on a port when it is chosen
 * does not say that nobody will when its server starts. A range is a file that its process has locked.
 *
 * @param first the lowest port
 */
record PortRange(int first) {

    /** Below the range from which Linux gives ports to outgoing connections, so that none is lost between two starts. */
    private static final int FROM = 15_000;

    private static final int TO = 32_000;
    private static final int SIZE = 20;

    /** Held until the process ends. */
    private static final List<FileChannel> LOCKS = new CopyOnWriteArrayList<>();

    /**
     * Takes a range.
     *
     * @param taken whether somebody listens on a port
     */
    static PortRange reserve(IntPredicate taken) {
        int ranges = (TO - FROM) / SIZE;
        int begin = ThreadLocalRandom.current().nextInt(ranges);
        for (int i = 0; i < ranges; i++) {
            PortRange range = new PortRange(FROM + (begin + i) % ranges * SIZE);
            if (range.lock(taken)) {
                return range;
            }
        }
        throw new LocalServerException("There are no " + SIZE + " free ports in a row from " + FROM + " to " + TO
                + "; stop other programs, or other builds");
    }

    /** Returns a port of the range. */
    int get(int index) {
        if (index >= SIZE) {
            throw new IllegalArgumentException("a range has " + SIZE + " ports, and none at " + index);
        }
        return first + index;
    }

    private boolean lock(IntPredicate taken) {
        try {
            Path folder =
                    Path.of(System.getProperty("java.io.tmpdir"), "millrace-ports-" + System.getProperty("user.name"));
            Path file = Files.createDirectories(folder).resolve(Integer.toString(first));
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (isLocked(channel) && noneTaken(taken)) {
                LOCKS.add(channel);
                return true;
            }
            channel.close();
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("no range of ports can be reserved: " + e, e);
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private boolean noneTaken(IntPredicate taken) {
        for (int i = 0; i < SIZE; i++) {
            if (taken.test(get(i))) {
                return false;
            }
        }
        return true;
    }
}
