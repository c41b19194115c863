package io.millrace.analytics.parse;

import io.millrace.analytics.event.EventId;
import io.millrace.analytics.event.Stamp;
import io.millrace.common.failure.DataException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Makes events of one kind from JSON: what all kinds have in common. Not for several threads.
 *
 * @param <E> the events
 */
public abstract class EventParser<E> {

    /** Characters of names that services give to events, users and sessions. */
    static final int LONGEST_NAME = 256;

    private final EventJson json;
    private final PlainEvent plain;
    private final long drift;
    private @Nullable String eventId;
    private long timestamp;

    protected EventParser(EventLimits limits) {
        this.json = new EventJson(limits);
        this.plain = new PlainEvent(limits);
        this.drift = limits.drift().toMillis();
    }

    /** Forgets the last event. */
    abstract void begin();

    /** Takes a field that events of all kinds do not have. */
    abstract void take(String name, FieldValue value) throws IOException, DataException;

    /** Returns the event. */
    abstract E end(Stamp stamp) throws DataException;

    /**
     * Reads an event.
     *
     * @param named who the event is if its producer does not say; null if that is not known
     * @throws DataException if it breaks the contract
     */
    final E parse(Place place, byte @Nullable [] value, @Nullable String named) throws DataException {
        byte[] event = json.require(value);
        begin(place, named);
        if (!plain.read(event, this::takeAny)) {
            begin(place, named);
            json.read(event, this::takeAny);
        }
        if (timestamp < 0) {
            throw new DataException("neither the event nor its Kafka record has a timestamp");
        }
        if (place.timestamp() >= 0 && timestamp - place.timestamp() > drift) {
            throw new DataException(
                    "`timestamp` is " + (timestamp - place.timestamp()) + " ms ahead of the Kafka record's;" + " "
                            + drift + " are the most that `source.limits.drift` lets through");
        }
        EventId id = eventId == null ? null : EventId.of(eventId);
        return end(new Stamp(place.partition(), place.offset(), timestamp, id));
    }

    private void begin(Place place, @Nullable String named) {
        eventId = named;
        timestamp = place.timestamp();
        begin();
    }

    private void takeAny(String name, FieldValue value) throws IOException, DataException {
        switch (name) {
            case "eventId" -> {
                String given = value.text(LONGEST_NAME);
                eventId = given == null ? eventId : given;
            }
            case "timestamp" -> timestamp = value.time();
            default -> take(name, value);
        }
    }

    static String require(String name, @Nullable String text) throws DataException {
        if (text == null) {
            throw new DataException("`" + name + "` is missing");
        }
        return text;
    }
}
