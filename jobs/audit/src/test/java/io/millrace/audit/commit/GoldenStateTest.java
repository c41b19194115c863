package io.millrace.audit.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.archive.bytes.Hash;
import io.millrace.archive.chain.Entry;
import io.millrace.archive.file.LocalFolder;
import io.millrace.audit.TestKeys;
import io.millrace.audit.chain.ChainRecords;
import io.millrace.audit.chain.Step;
import io.millrace.common.event.ConsumedRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * State as it was written once, in src/test/resources/golden: the functions of today must go on from it. To write it
 * anew, which breaks the savepoints of everybody, run with {@code -Dmillrace.golden=write}.
 */
class GoldenStateTest {

    private static final Path FOLDER = Path.of("src", "test", "resources", "golden");
    private static final boolean WRITE = "write".equals(System.getProperty("millrace.golden"));
    private static final long MIDNIGHT = Instant.parse("2026-03-02T00:00:00Z").toEpochMilli();

    @TempDir
    Path root;

    private ArchiveRun.Place place(String name) {
        return new ArchiveRun.Place(root.resolve(name), root.resolve(name + "-witness"), TestKeys.make(), 20_000, 2);
    }

    private static ConsumedRecord record(long offset) {
        byte[] value = "{\"eventType\":\"READ\",\"userId\":\"anna\"}".getBytes(StandardCharsets.UTF_8);
        return new ConsumedRecord(ArchiveRun.TOPIC, 1, offset, MIDNIGHT, null, value, List.of());
    }

    private static OperatorSubtaskState read(String uid) throws Exception {
        return OperatorSnapshotUtil.readStateHandle(file(uid));
    }

    private static String file(String uid) {
        return FOLDER.resolve(uid + ".state").toString();
    }

    @Test
    void aChainGoesOnWhereItWas() throws Exception {
        Hash last;
        try (ArchiveRun run = new ArchiveRun(place("before"), null)) {
            last = lastHash(run.chain(record(1)));
            if (WRITE) {
                Files.createDirectories(FOLDER);
                OperatorSnapshotUtil.writeStateHandle(run.checkpoint(1, 1).chain(), file(ChainRecords.UID));
            }
        }
        ArchiveRun.State state = new ArchiveRun.State(read(ChainRecords.UID), null, 1);
        try (ArchiveRun run = new ArchiveRun(place("after"), state)) {
            assertThat(run.chain(record(1))).as("it was chained before").isEmpty();
            List<Step> steps = run.chain(record(2));

            assertThat(steps).hasSize(1);
            assertThat(entry(steps).previousHash()).isEqualTo(last);
        }
    }

    private static Hash lastHash(List<Step> steps) {
        return entry(steps).hash();
    }

    private static Entry entry(List<Step> steps) {
        return Objects.requireNonNull(steps.get(steps.size() - 1).entry());
    }

    @Test
    void daysThatWereToBeSealedAreSealed() throws Exception {
        if (WRITE) {
            Files.createDirectories(FOLDER);
            try (ArchiveRun run = new ArchiveRun(place("before"), null)) {
                run.run(2, MIDNIGHT, 70);
                OperatorSnapshotUtil.writeStateHandle(run.checkpoint(1, 0).commit(), file(CommitFiles.UID));
            }
        }
        ArchiveRun.Place place = place("after");
        try (ArchiveRun run = new ArchiveRun(place, new ArchiveRun.State(null, read(CommitFiles.UID), 0))) {
            assertThat(new LocalFolder(place.archive()).list("digests"))
                    .containsExactly("digests/dt=2026-03-01/0.json", "digests/dt=2026-03-01/1.json");
            assertThat(run.digests).hasSize(2);
        }
    }
}
