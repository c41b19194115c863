package io.millrace.cdc.model;

import io.millrace.common.event.RowChange;
import io.millrace.common.failure.DeadLetter;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * What any source gives to the targets.
 *
 * @param rows versioned, without placeholders; the changes of one key in their order
 * @param deadLetters what the source could not read
 */
public record Changes(DataStream<RowChange> rows, DataStream<DeadLetter> deadLetters) {}
