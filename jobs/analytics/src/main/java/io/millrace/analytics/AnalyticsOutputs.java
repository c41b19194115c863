package io.millrace.analytics;

import io.millrace.analytics.experiment.MismatchAlert;
import io.millrace.analytics.model.HighValueUser;
import io.millrace.common.event.ProducedRecord;
import io.millrace.common.event.RowChange;
import io.millrace.common.failure.DeadLetter;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * Where the streams of the topology end.
 *
 * @param rows of the tables of results, and of the table of what came too late for them
 * @param activities of high-value users, and who is one no more
 * @param counters of this minute, hour and day
 * @param highValueUsers who have come into that state, the fence not regarded
 * @param mismatches experiments that have come into one, the fence not regarded
 * @param lateEvents what came too late to be counted
 * @param deadLetters what could not be read
 */
public record AnalyticsOutputs(
        DataStream<RowChange> rows,
        DataStream<RowChange> activities,
        DataStream<RowChange> counters,
        DataStream<HighValueUser> highValueUsers,
        DataStream<MismatchAlert> mismatches,
        DataStream<ProducedRecord> lateEvents,
        DataStream<DeadLetter> deadLetters) {}
