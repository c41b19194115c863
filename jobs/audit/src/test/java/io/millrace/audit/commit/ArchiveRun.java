package io.millrace.audit.commit;

import io.millrace.archive.bytes.Sha256;
import io.millrace.archive.file.ArchiveFolder;
import io.millrace.archive.file.FileName;
import io.millrace.archive.file.LocalFolder;
import io.millrace.archive.write.Manifests;
import io.millrace.audit.TestKeys;
import io.millrace.audit.chain.ArchivedHeads;
import io.millrace.audit.chain.ChainOptions;
import io.millrace.audit.chain.ChainRecords;
import io.millrace.audit.chain.ScriptedKeys;
import io.millrace.audit.chain.Step;
import io.millrace.audit.chain.StepTypeInfo;
import io.millrace.audit.parse.EventLimits;
import io.millrace.audit.parse.PersonalFields;
import io.millrace.audit.tick.Tick;
import io.millrace.audit.write.ArchiveOptions;
import io.millrace.audit.write.Pending;
import io.millrace.audit.write.PendingTypeInfo;
import io.millrace.audit.write.WriteFiles;
import io.millrace.common.event.ConsumedRecord;
import io.millrace.common.event.ProducedRecord;
import io.millrace.common.event.ProducedRecordTypeInfo;
import io.millrace.common.failure.Backoff;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/** The operators of the job one behind the other, each step by hand: to be killed anywhere, and restored. */
final class ArchiveRun implements AutoCloseable {

    static final String NAME = "test";
    static final String TOPIC = "audit-logs";

    private static final Backoff SHORT = new Backoff(Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(20));

    final List<ProducedRecord> digests = new ArrayList<>();
    private final KeyedTwoInputStreamOperatorTestHarness<Integer, ConsumedRecord, Tick, Step> chain;
    private final OneInputStreamOperatorTestHarness<Step, Pending> write;
    private final KeyedOneInputStreamOperatorTestHarness<Integer, Pending, ProducedRecord> commit;

    /** What a checkpoint holds. */
    record State(
            @Nullable OperatorSubtaskState chain, @Nullable OperatorSubtaskState commit, int read) {}

    /**
     * The places and keys of an archive.
     *
     * @param address by which the job knows the archive's folder
     */
    record Place(Path archive, Path witness, TestKeys keys, long fileSize, int partitions, String address) {

        Place(Path archive, Path witness, TestKeys keys, long fileSize, int partitions) {
            this(archive, witness, keys, fileSize, partitions, archive.toUri().toString());
        }

        ArchiveOptions options() {
            return new ArchiveOptions(
                    address,
                    NAME,
                    TOPIC,
                    fileSize,
                    1 << 20,
                    4,
                    witness.toUri().toString(),
                    "audit-digests",
                    false,
                    SHORT);
        }

        ArchivedHeads heads() {
            Path root = archive;
            return partition -> new Manifests(new LocalFolder(root), NAME, TOPIC)
                    .read(partition)
                    .head();
        }

        /** Returns the names of all files that a reader sees. */
        List<String> visible() throws IOException {
            return new LocalFolder(archive)
                    .list(FileName.FOLDER).stream()
                            .filter(name -> !ArchiveFolder.isHidden(name))
                            .toList();
        }

        /** Returns a hash of each file, hidden ones too. */
        Map<String, String> content() throws IOException {
            LocalFolder folder = new LocalFolder(archive);
            Map<String, String> content = new TreeMap<>();
            for (String top : List.of("audit", "digests", "manifests")) {
                for (String name : folder.list(top)) {
                    content.put(name, Sha256.of(folder.read(name, 64 << 20)).toString());
                }
            }
            return content;
        }
    }

    ArchiveRun(Place place, @Nullable State from) throws Exception {
        this(place, place.heads(), from);
    }

    ArchiveRun(Place place, ArchivedHeads heads, @Nullable State from) throws Exception {
        ChainOptions options = new ChainOptions(
                NAME,
                TOPIC,
                "audit",
                EventLimits.DEFAULT,
                PersonalFields.DEFAULT,
                Duration.ofHours(1),
                Duration.ofMinutes(1),
                null,
                SHORT);
        chain = new KeyedTwoInputStreamOperatorTestHarness<>(
                new KeyedCoProcessOperator<>(new ChainRecords(options, ScriptedKeys::new, heads)),
                ConsumedRecord::partition,
                Tick::partition,
                Types.INT);
        write = new OneInputStreamOperatorTestHarness<>(new WriteFiles(place.options()));
        int partitions = place.partitions();
        commit = new KeyedOneInputStreamOperatorTestHarness<>(
                new CommitFiles(place.options(), place.keys().signing(), () -> partitions),
                Pending::partition,
                Types.INT);
        open(from);
    }

    private void open(@Nullable State from) throws Exception {
        open(chain, StepTypeInfo.INSTANCE, from == null ? null : from.chain());
        open(write, PendingTypeInfo.INSTANCE, null);
        open(commit, ProducedRecordTypeInfo.INSTANCE, from == null ? null : from.commit());
        drain();
    }

    private static <T> void open(
            AbstractStreamOperatorTestHarness<T> harness, TypeInformation<T> type, @Nullable OperatorSubtaskState state)
            throws Exception {
        harness.setup(type.createSerializer(new SerializerConfigImpl()));
        if (state != null) {
            harness.initializeState(state);
        }
        harness.open();
    }

    void read(ConsumedRecord record) throws Exception {
        chain.processElement1(new StreamRecord<>(record));
        drain();
    }

    /** Chains a record, and returns what came of it, which goes no further. */
    List<Step> chain(ConsumedRecord record) throws Exception {
        chain.processElement1(new StreamRecord<>(record));
        return taken(chain);
    }

    /** Lets the clock run for some minutes, and looks at every partition each minute. */
    void run(int partitions, long from, int minutes) throws Exception {
        for (int minute = 0; minute <= minutes; minute++) {
            for (int partition = 0; partition < partitions; partition++) {
                chain.processElement2(
                        new StreamRecord<>(new Tick(partition, from + minute * 60_000L, from + minute * 60_000L)));
            }
        }
        drain();
    }

    private void drain() throws Exception {
        for (Step step : taken(chain)) {
            write.processElement(new StreamRecord<>(step));
        }
        for (Pending pending : taken(write)) {
            commit.processElement(new StreamRecord<>(pending));
        }
        digests.addAll(taken(commit));
    }

    private static <T> List<T> taken(AbstractStreamOperatorTestHarness<T> harness) {
        List<T> values = List.copyOf(harness.extractOutputValues());
        harness.getOutput().clear();
        return values;
    }

    /** Takes a checkpoint; it is complete when {@link #complete} says so. */
    State checkpoint(long id, int read) throws Exception {
        write.prepareSnapshotPreBarrier(id);
        drain();
        OperatorSubtaskState chained = chain.snapshot(id, id);
        write.snapshot(id, id);
        return new State(chained, commit.snapshot(id, id), read);
    }

    void complete(long id) throws Exception {
        commit.notifyOfCompletedCheckpoint(id);
        drain();
    }

    /** As a process dies: nothing is finished. */
    @Override
    public void close() throws Exception {
        chain.close();
        write.close();
        commit.close();
    }
}
