package io.millrace.analytics.window;

import io.millrace.analytics.event.Stamped;
import io.millrace.common.event.RowChange;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;

/**
 * The state of a window as it was written once, under the name of its operator; see {@link GoldenStateTest}.
 *
 * @param window makes the function of today
 */
public record Golden<E extends Stamped, T extends Tally<E, T>>(String uid, Maker<E, T> window) {

    private static final Path FOLDER = Path.of("src", "test", "resources", "golden");
    private static final boolean WRITE = "write".equals(System.getProperty("millrace.golden"));

    /** Makes the function of today. */
    public interface Maker<E extends Stamped, T extends Tally<E, T>> {
        SlicedWindow<E, T, RowChange> make();
    }

    /** Returns the rows that follow from what was counted then and what is counted now, up to a time. */
    public List<String> rows(Bundle<E> then, Bundle<E> now, long end) throws Exception {
        String file = FOLDER.resolve(uid + ".state").toString();
        if (WRITE) {
            Files.createDirectories(FOLDER);
            try (var harness = harness()) {
                harness.open();
                harness.processElement(new StreamRecord<>(then));
                OperatorSnapshotUtil.writeStateHandle(harness.snapshot(1, 1), file);
            }
        }
        try (var harness = harness()) {
            harness.initializeState(OperatorSnapshotUtil.readStateHandle(file));
            harness.open();
            harness.processElement(new StreamRecord<>(now));
            harness.processWatermark(new Watermark(end));
            return harness.extractOutputValues().stream()
                    .map(row -> row.table() + " " + new String(row.after(), StandardCharsets.UTF_8))
                    .toList();
        }
    }

    private KeyedOneInputStreamOperatorTestHarness<String, Bundle<E>, RowChange> harness() throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(window.make()), Bundle::key, Types.STRING);
    }
}
