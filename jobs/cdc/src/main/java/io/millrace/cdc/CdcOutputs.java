package io.millrace.cdc;

import io.millrace.cdc.model.Target;
import io.millrace.common.event.ProducedRecord;
import io.millrace.common.event.RowChange;
import io.millrace.common.failure.DeadLetter;
import io.millrace.common.sink.notification.Notification;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * Where the streams of the topology end.
 *
 * @param changes by target; the changes of the tables that are routed there
 * @param envelopes the changes that are routed to Kafka, as its records
 * @param notifications what people are told, the fence not regarded
 * @param deadLetters what could not be read, or is too large for Kafka or a notification
 */
public record CdcOutputs(
        Map<Target, DataStream<RowChange>> changes,
        Optional<DataStream<ProducedRecord>> envelopes,
        Optional<DataStream<Notification>> notifications,
        DataStream<DeadLetter> deadLetters) {}
