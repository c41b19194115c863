package io.millrace.audit.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.archive.parquet.ParquetFormatException;
import java.io.EOFException;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A reader that lists an archive again and again, and reads every file that it sees. */
final class Onlooker implements AutoCloseable {

    private static final long BREATH_MILLIS = 20;
    private static final long PATIENCE_SECONDS = 120;

    private final AuditSetting setting;
    private final Set<String> torn = new TreeSet<>();
    private final AtomicLong read = new AtomicLong();
    private final ScheduledExecutorService reader = Executors.newSingleThreadScheduledExecutor();

    private Onlooker(AuditSetting setting) {
        this.setting = setting;
    }

    static Onlooker of(AuditSetting setting) {
        Onlooker onlooker = new Onlooker(setting);
        var unused = onlooker.reader.scheduleWithFixedDelay(onlooker::look, 0, BREATH_MILLIS, TimeUnit.MILLISECONDS);
        return onlooker;
    }

    private void look() {
        try {
            for (String name : setting.visible()) {
                read(name);
            }
        } catch (IOException | RuntimeException e) {
            // a folder that is made or removed while it is listed, or a store that is away
        }
    }

    private void read(String name) {
        try {
            setting.readable(name);
            read.incrementAndGet();
        } catch (ParquetFormatException | EOFException | RuntimeException e) {
            note(name + ": " + e);
        } catch (IOException e) {
            // a compaction has removed it meanwhile, or the store is away
        }
    }

    private synchronized void note(String what) {
        torn.add(what);
    }

    /** Ends it; no file that it read may have been a part of one. */
    void sawWholeFilesAlone() throws InterruptedException {
        close();
        assertThat(read.get()).as("files that were read").isPositive();
        synchronized (this) {
            assertThat(torn).as("files that a reader saw and could not read").isEmpty();
        }
    }

    @Override
    public void close() throws InterruptedException {
        reader.shutdown();
        assertThat(reader.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }
}
