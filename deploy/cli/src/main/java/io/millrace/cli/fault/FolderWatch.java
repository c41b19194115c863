package io.millrace.cli.fault;

import io.millrace.archive.file.ArchiveFolder;
import io.millrace.archive.file.FileName;
import io.millrace.shop.check.CheckResult;
import io.millrace.shop.check.Difference;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * A reader who looks at an archive's records all the while, in a thread of its own. A file must be whole when it is seen
 * first, and never change; it may go when it was joined with others.
 */
final class FolderWatch implements AutoCloseable {

    private static final Duration BREATH = Duration.ofMillis(20);

    private static final Duration LONGEST_BREATH = Duration.ofSeconds(1);

    /** How many times as long as it looked it rests: who lists a store costs it something. */
    private static final int RESTS = 4;

    private static final byte[] MAGIC = {'P', 'A', 'R', '1'};

    /** After the last page: the length of the footer, and the magic. */
    private static final int TAIL = Integer.BYTES + 4;

    private final ArchiveFolder archive;
    private final Map<String, String> seen = new TreeMap<>();
    private final List<Difference> wrong = new ArrayList<>();
    private final Thread thread = new Thread(this::lookOn, "folder-watch");
    private volatile boolean closed;

    FolderWatch(ArchiveFolder archive) {
        this.archive = archive;
        thread.setDaemon(true);
    }

    /**
     * Begins to look.
     *
     * @param archive used by nobody else
     */
    static FolderWatch of(ArchiveFolder archive) {
        FolderWatch watch = new FolderWatch(archive);
        watch.thread.start();
        return watch;
    }

    private void lookOn() {
        while (!closed) {
            long begin = System.nanoTime();
            look();
            LockSupport.parkNanos(rest(System.nanoTime() - begin));
        }
    }

    private static long rest(long looked) {
        return Math.min(LONGEST_BREATH.toNanos(), Math.max(BREATH.toNanos(), RESTS * looked));
    }

    /** Looks once. */
    void look() {
        try {
            for (String name : archive.list(FileName.FOLDER)) {
                if (!closed && !ArchiveFolder.isHidden(name) && !seen.containsKey(name)) {
                    look(name);
                }
            }
        } catch (IOException e) {
            // the folder is not there yet, something in it went while it was listed, or the store does not answer
        }
    }

    private void look(String name) throws IOException {
        try {
            byte[] bytes = bytes(name);
            seen.put(name, hash(bytes));
            if (!isWhole(bytes)) {
                wrong.add(new Difference("audit", name, "*", "a whole file", bytes.length + " bytes of one"));
            }
        } catch (NoSuchFileException e) {
            // joined with others since it was listed
        }
    }

    private byte[] bytes(String name) throws IOException {
        return archive.read(name, Integer.MAX_VALUE);
    }

    private static boolean isWhole(byte[] bytes) {
        int end = bytes.length;
        if (end < MAGIC.length + TAIL
                || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)
                || !Arrays.equals(bytes, end - MAGIC.length, end, MAGIC, 0, MAGIC.length)) {
            return false;
        }
        int footer = ByteBuffer.wrap(bytes, end - TAIL, Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt();
        return footer > 0 && footer <= end - MAGIC.length - TAIL;
    }

    /** Stops looking, and compares what is there with what was seen first. */
    CheckResult result() throws IOException, InterruptedException {
        close();
        for (Map.Entry<String, String> file : seen.entrySet()) {
            try {
                String now = hash(bytes(file.getKey()));
                if (!now.equals(file.getValue())) {
                    wrong.add(new Difference("audit", file.getKey(), "SHA-256", file.getValue(), now));
                }
            } catch (NoSuchFileException e) {
                // joined with others
            }
        }
        return CheckResult.rows("audit.folder", seen.size(), wrong.size(), wrong);
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join();
    }
}
