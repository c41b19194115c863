package io.millrace.audit.commit;

import io.millrace.archive.digest.SignedDigest;
import io.millrace.archive.manifest.ManifestConflict;
import io.millrace.audit.folder.PendingFileGone;
import io.millrace.audit.tick.Partitions;
import io.millrace.audit.write.ArchiveOptions;
import io.millrace.audit.write.Patience;
import io.millrace.audit.write.Pending;
import io.millrace.audit.write.PendingSerializer;
import io.millrace.common.event.ProducedRecord;
import io.millrace.common.metrics.MetricNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Commits what is pending of each partition, which is the key, when the checkpoint that covers it is complete, and tells
 * of each day that was sealed. What a checkpoint covers and was not committed when the job failed is committed when it is
 * restored, whichever subtask then has the partition. At least once, and each commit adds its records once.
 */
public final class CommitFiles extends AbstractStreamOperator<ProducedRecord>
        implements OneInputStreamOperator<Pending, ProducedRecord> {

    private static final long serialVersionUID = 1L;

    /** Of this operator. */
    public static final String UID = "audit.commit-files";

    private static final long UNCOVERED = Long.MAX_VALUE;

    private static final long RESTORED = Long.MIN_VALUE;

    private static final ListStateDescriptor<Pending> PENDING =
            new ListStateDescriptor<>("pending", PendingSerializer.INSTANCE);

    private final ArchiveOptions options;
    private final SigningOptions signing;
    private final Partitions partitions;
    private transient Map<Integer, Deque<Covered>> pending;
    private transient ListState<Pending> state;
    private transient Patience patience;
    private transient Commits commits;
    private transient Counter archived;
    private transient Counter sealed;

    /** Something pending, and the first checkpoint that covers it; none does yet that has no number. */
    private record Covered(Pending pending, long checkpoint) {

        Covered by(long next) {
            return checkpoint == UNCOVERED ? new Covered(pending, next) : this;
        }
    }

    /** Makes the operator; what it opens, it opens where it runs. */
    @SuppressWarnings("NullAway.Init") // Flink initializes and opens before the first element
    public CommitFiles(ArchiveOptions options, SigningOptions signing, Partitions partitions) {
        this.options = options;
        this.signing = signing;
        this.partitions = partitions;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        // empty between a commit and the checkpoint after it: bounded without a time to live
        state = context.getKeyedStateStore().getListState(PENDING);
        pending = new TreeMap<>();
        this.<Integer>getKeyedStateBackend()
                .applyToAllKeys(
                        VoidNamespace.INSTANCE,
                        VoidNamespaceSerializer.INSTANCE,
                        PENDING,
                        (partition, list) -> list.get().forEach(waiting -> add(waiting, RESTORED)));
    }

    @Override
    public void open() throws Exception {
        super.open();
        patience = new Patience("the archive", options.backoff());
        commits = Commits.open(options, signing, partitions, InstantSource.system());
        MetricGroup group = getMetricGroup().addGroup(MetricNames.ROOT).addGroup(MetricNames.TABLE, options.topic());
        archived = group.addGroup(MetricNames.TARGET, "archive").counter(MetricNames.RECORDS_OUT.name());
        sealed = group.addGroup(MetricNames.TARGET, "digests").counter(MetricNames.RECORDS_OUT.name());
        commit(RESTORED);
    }

    @Override
    public void processElement(StreamRecord<Pending> element) {
        add(element.getValue(), UNCOVERED);
    }

    private void add(Pending waiting, long checkpoint) {
        pending.computeIfAbsent(waiting.partition(), partition -> new ArrayDeque<>())
                .add(new Covered(waiting, checkpoint));
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        for (Map.Entry<Integer, Deque<Covered>> partition : pending.entrySet()) {
            List<Covered> waiting = partition.getValue().stream()
                    .map(one -> one.by(context.getCheckpointId()))
                    .toList();
            partition.setValue(new ArrayDeque<>(waiting));
            setCurrentKey(partition.getKey());
            state.update(waiting.stream().map(Covered::pending).toList());
        }
        pending.values().removeIf(Deque::isEmpty);
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) throws Exception {
        super.notifyCheckpointComplete(checkpoint);
        commit(checkpoint);
    }

    private void commit(long checkpoint) throws Exception {
        for (Deque<Covered> waiting : pending.values()) {
            while (!waiting.isEmpty() && waiting.element().checkpoint() <= checkpoint) {
                commit(waiting.element().pending());
                waiting.remove();
            }
        }
    }

    private void commit(Pending waiting) throws Exception {
        Commits.Outcome outcome = done(waiting);
        archived.inc(outcome.added());
        if (outcome.digest().isPresent()) {
            sealed.inc();
            output.collect(new StreamRecord<>(record(outcome.digest().get())));
        }
    }

    /** What conflicts, or is gone, is so at each restart, and needs somebody who looks at it. */
    private Commits.Outcome done(Pending waiting) throws Exception {
        try {
            return patience.until(() -> commits.commit(waiting));
        } catch (ManifestConflict | WitnessConflict e) {
            throw new SuppressRestartsException(e);
        } catch (IOException e) {
            if (e.getCause() instanceof PendingFileGone) {
                return doneAtLast(waiting);
            }
            throw e;
        }
    }

    /**
     * A store that is full or away looks like one that lost the file. So it is asked once more, and believed if it takes
     * other files before and after.
     */
    private Commits.Outcome doneAtLast(Pending waiting) throws IOException {
        commits.requireWritable();
        try {
            return commits.commit(waiting);
        } catch (PendingFileGone gone) {
            commits.requireWritable();
            throw new SuppressRestartsException(gone);
        }
    }

    /** The key is the digest's name, so that whoever has the topic can put the files back. */
    private ProducedRecord record(SignedDigest signed) {
        byte[] name = signed.digest().name().getBytes(StandardCharsets.UTF_8);
        return new ProducedRecord(options.digests(), name, signed.toBytes(), List.of());
    }

    @Override
    public void close() throws Exception {
        if (patience != null) {
            patience.close();
        }
        super.close();
    }
}
