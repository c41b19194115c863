package io.millrace.common.sink.batch;

import io.millrace.common.event.RowChange;
import io.millrace.common.failure.Refusal;
import java.util.List;

/**
 * What became of a batch.
 *
 * @param stale those of which the target holds a higher version, as far as it tells
 * @param retried how often a row went out again
 */
public record Outcome(List<RowChange> written, List<RowChange> stale, List<Refusal> refused, int retried) {}
