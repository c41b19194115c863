package io.millrace.audit;

import io.millrace.common.event.ProducedRecord;
import io.millrace.common.event.RowChange;
import io.millrace.common.failure.DeadLetter;
import java.util.Optional;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * Where the streams of the topology end; the archive itself is written on the way.
 *
 * @param digests of days that were sealed
 * @param rows of the searchable copy; empty if there is to be none
 * @param deadLetters what is no event, encrypted as in the archive
 */
public record AuditOutputs(
        DataStream<ProducedRecord> digests, Optional<DataStream<RowChange>> rows, DataStream<DeadLetter> deadLetters) {}
