package io.millrace.audit.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.audit.watch.WatchReaderTest.Store;
import io.millrace.common.event.ProducedRecord;
import io.millrace.testing.CollectedOutput;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.jspecify.annotations.Nullable;

/** A reader that looks when it is told to. */
final class WatchRun {

    static final Pace PACE = new Pace(Duration.ofHours(1), Duration.ofHours(24), Duration.ofHours(2));

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Store store = new Store();
    private final CollectedOutput<ProducedRecord> told = new CollectedOutput<>();
    private final WatchReader reader;
    private long now;

    WatchRun(SmallArchive archive) {
        this(archive, null);
    }

    /** Goes on from the checkpoint of another one, with another archive perhaps. */
    WatchRun(SmallArchive archive, @Nullable WatchRun before) {
        WatchOptions options = archive.options(PACE);
        Verification verification = new Verification(options, address -> store.of(archive.folder()));
        reader = new WatchReader(options, verification, () -> now, new UnregisteredMetricsGroup());
        now = Instant.parse("2026-03-09T01:00:00Z").toEpochMilli();
        if (before != null) {
            now = before.now;
            reader.addSplits(before.reader.snapshotState(1));
        }
    }

    Store store() {
        return store;
    }

    Watched watched() {
        return reader.snapshotState(1).get(0);
    }

    WatchRun after(Duration time) {
        now += time.toMillis();
        return this;
    }

    /** Looks once, and returns kind and place of what is told. */
    List<String> look() throws IOException {
        told.records().clear();
        reader.look();
        reader.pollNext(told);
        assertOneAtMost(told.records());
        List<String> places = new ArrayList<>();
        for (ProducedRecord record : told.records()) {
            for (JsonNode finding : JSON.readTree(record.value()).get("findings")) {
                places.add(finding.get("kind").asText() + " "
                        + finding.get("where").asText());
            }
        }
        return places;
    }

    private static void assertOneAtMost(List<ProducedRecord> records) {
        if (records.size() > 1) {
            throw new AssertionError("more than one alert of one look: " + records);
        }
    }
}
