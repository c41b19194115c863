package io.millrace.analytics.parse;

import io.millrace.common.event.ConsumedRecord;
import io.millrace.common.event.Redriven;
import io.millrace.common.event.RowChange;
import io.millrace.common.failure.DataException;
import io.millrace.common.failure.DeadLetter;
import io.millrace.common.failure.DeadLetterTypeInfo;
import io.millrace.common.sink.deadletter.Redrive;
import io.millrace.common.source.kafka.CopyRecord;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.EitherTypeInfo;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.types.Either;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Makes an event of each record of a topic, or a dead letter, while the record is taken from Kafka: only there does the
 * source know the event's time, and so the progress of each partition. No record can fail it.
 *
 * @param <E> the events
 */
public final class ParseEvents<E> implements KafkaRecordDeserializationSchema<Either<DeadLetter, E>> {

    private static final long serialVersionUID = 1L;

    /** The stage of its dead letters. */
    public static final String STAGE = "parse";

    private final String topic;
    private final ParserOf<E> kind;
    private final EventLimits limits;
    private final TypeInformation<E> type;
    private final String pipeline;
    private final Redrive redrive;
    private transient EventParser<E> parser;

    /**
     * Parses the records of a topic.
     *
     * @param pipeline the configured name of the job
     * @param redrive how dead letters that are sent again become what they were
     */
    @SuppressWarnings("NullAway.Init") // Flink calls open before the first record
    public ParseEvents(
            String topic,
            ParserOf<E> kind,
            EventLimits limits,
            TypeInformation<E> type,
            String pipeline,
            Redrive redrive) {
        this.topic = topic;
        this.kind = kind;
        this.limits = limits;
        this.type = type;
        this.pipeline = pipeline;
        this.redrive = redrive;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        parser = kind.open(limits);
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Either<DeadLetter, E>> out) {
        if (record.topic().equals(topic)) {
            deserializeOwn(record, out);
        } else {
            deserializeAgain(CopyRecord.of(record), out);
        }
    }

    private void deserializeOwn(ConsumerRecord<byte[], byte[]> record, Collector<Either<DeadLetter, E>> out) {
        try {
            Place place = new Place(record.partition(), record.offset(), record.timestamp());
            out.collect(Either.Right(parser.parse(place, record.value(), null)));
        } catch (DataException e) {
            out.collect(Either.Left(letter(CopyRecord.of(record), e)));
        }
    }

    /** One that an earlier attempt counted is known by its place, should it have no name. */
    private void deserializeAgain(ConsumedRecord sent, Collector<Either<DeadLetter, E>> out) {
        ConsumedRecord record = sent;
        try {
            record = redrive.restore(sent);
            if (record.topic().equals(topic)) {
                Place place = new Place(record.partition(), record.offset(), record.timestamp());
                String name = topic + ":" + record.partition() + ":" + record.offset();
                out.collect(Either.Right(
                        parser.parse(place, Redriven.original(record).value(), name)));
            }
        } catch (DataException e) {
            out.collect(Either.Left(letter(record, e)));
        }
    }

    private DeadLetter letter(ConsumedRecord record, DataException error) {
        return DeadLetter.of(
                record,
                RowChange.UNVERSIONED,
                pipeline,
                STAGE,
                error.getClass().getName(),
                String.valueOf(error.getMessage()));
    }

    @Override
    public TypeInformation<Either<DeadLetter, E>> getProducedType() {
        return typeOf(type);
    }

    /** Returns the type of what is made of the records of some events. */
    public static <E> TypeInformation<Either<DeadLetter, E>> typeOf(TypeInformation<E> events) {
        return new EitherTypeInfo<>(DeadLetterTypeInfo.INSTANCE, events);
    }
}
