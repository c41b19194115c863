package io.millrace.analytics.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.analytics.event.Visit;
import io.millrace.analytics.model.PageTallies;
import io.millrace.analytics.model.PageTally;
import io.millrace.analytics.model.PageViewsTable;
import io.millrace.common.event.RowChange;
import io.millrace.common.replay.Version;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.junit.jupiter.api.Test;

/**
 * State as it was written once, in src/test/resources/golden: the functions of today must go on from it. To write it
 * anew, which breaks the savepoints of everybody, run with {@code -Dmillrace.golden=write}.
 */
class GoldenStateTest {

    private static final Path FOLDER = Path.of("src", "test", "resources", "golden");
    private static final boolean WRITE = "write".equals(System.getProperty("millrace.golden"));

    @Test
    void viewsThatWereCountedAreStillCountedAndKnown() throws Exception {
        String file = FOLDER.resolve("analytics.count-page-views.state").toString();
        if (WRITE) {
            Files.createDirectories(FOLDER);
            try (var harness = pages()) {
                harness.open();
                harness.processElement(bundle(Harness.visit(1, "e", Visit.user("ada")), Harness.visit(2, null, 7)));
                OperatorSnapshotUtil.writeStateHandle(harness.snapshot(1, 1), file);
            }
        }
        try (var harness = pages()) {
            harness.initializeState(OperatorSnapshotUtil.readStateHandle(file));
            harness.open();
            harness.processElement(bundle(Harness.visit(1, "e", Visit.user("ada")), Harness.visit(3, "f", 9)));
            harness.processWatermark(new Watermark(5 * Harness.MINUTE));

            assertThat(harness.extractOutputValues()).singleElement().satisfies(row -> {
                assertThat(row.version()).isEqualTo(Version.of(1, 3));
                assertThat(new String(row.after(), StandardCharsets.UTF_8))
                        .contains("\"view_count\":3,\"visitors\":3,\"late_count\":0");
            });
        }
    }

    private static StreamRecord<Bundle<Visit>> bundle(Visit... visits) {
        return new StreamRecord<>(new Bundle<>("/home", 0, List.of(visits)));
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Bundle<Visit>, RowChange> pages() throws Exception {
        Slicing slicing = Slicing.of(
                List.of(WindowShape.tumbling(Duration.ofMinutes(5))), Duration.ofMinutes(1), Duration.ofMinutes(10));
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new SlicedWindow<Visit, PageTally, RowChange>(
                        slicing,
                        PageTallies.DEFAULT,
                        new PageViewsTable(1),
                        new LateEvents("late-events", "analytics", "page_views_5min", "page-views"))),
                Bundle::key,
                Types.STRING);
    }
}
