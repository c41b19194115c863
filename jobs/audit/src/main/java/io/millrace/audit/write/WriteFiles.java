package io.millrace.audit.write;

import io.millrace.archive.chain.Entry;
import io.millrace.archive.digest.SealedFile;
import io.millrace.audit.chain.Step;
import io.millrace.audit.folder.PendingFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes the records of each partition into files that nobody sees. A file ends at a size, with its day, and before each
 * checkpoint: what a checkpoint covers is written, and on its way to be committed. So there is nothing to remember.
 */
public final class WriteFiles extends AbstractStreamOperator<Pending> implements OneInputStreamOperator<Step, Pending> {

    private static final long serialVersionUID = 1L;

    /** Of this operator. */
    public static final String UID = "audit.write-files";

    private final ArchiveOptions options;
    private transient Map<Integer, OpenFile> open;
    private transient PendingFiles files;
    private transient Patience patience;
    private transient Path spools;

    /** Makes the operator; what it opens, it opens where it runs. */
    @SuppressWarnings("NullAway.Init") // Flink calls open before the first record
    public WriteFiles(ArchiveOptions options) {
        this.options = options;
        this.chainingStrategy = ChainingStrategy.ALWAYS;
    }

    @Override
    public void open() throws Exception {
        super.open();
        open = new TreeMap<>();
        patience = new Patience("the archive", options.backoff());
        files = PendingFiles.of(options.address());
        spools = Path.of(
                getContainingTask().getEnvironment().getTaskManagerInfo().getTmpDirectories()[0]);
    }

    @Override
    public void processElement(StreamRecord<Step> element) throws Exception {
        Step step = element.getValue();
        Entry entry = step.entry();
        if (entry == null) {
            cut(open.remove(step.partition()), step.partition());
            emit(Pending.endOf(step.partition(), step.day()));
        } else {
            add(step.partition(), step.day(), entry);
        }
    }

    private void add(int partition, LocalDate day, Entry entry) throws Exception {
        OpenFile file = open.get(partition);
        if (file != null && !file.isOf(day)) {
            cut(open.remove(partition), partition);
            file = null;
        }
        if (file == null) {
            file = new OpenFile(options.chain(partition), day, entry, spools);
            open.put(partition, file);
        } else {
            file.add(entry);
        }
        if (file.size() >= options.fileSize()) {
            cut(open.remove(partition), partition);
        }
    }

    private void cut(@Nullable OpenFile file, int partition) throws Exception {
        if (file == null) {
            return;
        }
        try (file) {
            SealedFile sealed = file.finish();
            Pending.File pending = patience.until(() -> new Pending.File(
                    sealed,
                    file.previousHash(),
                    files.write(sealed.name(), out -> file.spool().copyTo(out))));
            emit(new Pending(partition, file.day(), pending));
        }
    }

    private void emit(Pending pending) {
        output.collect(new StreamRecord<>(pending));
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpoint) throws Exception {
        cutAll();
    }

    @Override
    public void finish() throws Exception {
        cutAll();
        super.finish();
    }

    private void cutAll() throws Exception {
        for (Map.Entry<Integer, OpenFile> file : open.entrySet()) {
            cut(file.getValue(), file.getKey());
        }
        open.clear();
    }

    @Override
    public void close() throws Exception {
        if (patience != null) {
            patience.close();
        }
        if (open != null) {
            for (OpenFile file : open.values()) {
                closeQuietly(file);
            }
        }
        super.close();
    }

    private static void closeQuietly(OpenFile file) {
        try {
            file.close();
        } catch (IOException e) {
            LOG.debug("a spool did not close", e);
        }
    }
}
