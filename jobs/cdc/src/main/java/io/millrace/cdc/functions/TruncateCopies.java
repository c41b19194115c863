package io.millrace.cdc.functions;

import io.millrace.common.event.RowChange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.jspecify.annotations.Nullable;

/** A TRUNCATE for each subtask of the functions that are keyed by {@link RowKey}: it names no row, so it is given keys. */
final class TruncateCopies {

    private TruncateCopies() {}

    static List<RowChange> of(RowChange truncate, TaskInfo task) {
        @Nullable RowChange[] copies = new RowChange[task.getNumberOfParallelSubtasks()];
        int missing = copies.length;
        for (int n = 0; missing > 0; n++) {
            RowChange copy = withKey(truncate, "{\"truncate\":" + n + "}");
            int subtask = KeyGroupRangeAssignment.assignKeyToParallelOperator(
                    new RowKey().getKey(copy), task.getMaxNumberOfParallelSubtasks(), copies.length);
            if (copies[subtask] == null) {
                copies[subtask] = copy;
                missing--;
            }
        }
        List<RowChange> all = new ArrayList<>();
        for (RowChange copy : copies) {
            if (copy != null) {
                all.add(copy);
            }
        }
        return all;
    }

    private static RowChange withKey(RowChange truncate, String key) {
        return new RowChange(
                truncate.table(),
                truncate.operation(),
                truncate.version(),
                key.getBytes(StandardCharsets.UTF_8),
                null,
                null,
                truncate.schema(),
                truncate.source(),
                truncate.origin());
    }
}
