package io.millrace.analytics.parse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.millrace.common.failure.DataException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Walks through the JSON object of an event once, and shows each field with a value to who wants it. */
final class EventJson {

    private final EventLimits limits;
    private final JsonFactory json;

    /** Takes what it wants of the fields of an object. */
    interface Fields {

        /** Takes one whose value is not null, or leaves it: what is left is passed over, however deep it is. */
        void take(String name, FieldValue value) throws IOException, DataException;
    }

    EventJson(EventLimits limits) {
        this.limits = limits;
        this.json = limits.factory();
    }

    /**
     * Returns an event that may be read.
     *
     * @throws DataException if there is none, or it is too large
     */
    byte[] require(byte @Nullable [] event) throws DataException {
        if (event == null) {
            throw new DataException("the record has no value, and so no event");
        }
        if (event.length > limits.largestEvent()) {
            throw new DataException("the event has " + event.length + " bytes; " + limits.largestEvent()
                    + " are the most that `source.limits.largest-event` lets through");
        }
        return event;
    }

    /**
     * Reads an event.
     *
     * @throws DataException if it is no JSON object within the limits, or a field is not what it has to be
     */
    void read(byte[] event, Fields fields) throws DataException {
        try (JsonParser parser = json.createParser(event)) {
            readObject(parser, fields);
            if (parser.nextToken() != null) {
                throw new DataException("there is more behind the event's JSON object");
            }
        } catch (StreamConstraintsException e) {
            throw new DataException("the event is nested deeper than `source.limits.deepest`, " + limits.deepest()
                    + ", or holds an oversized number");
        } catch (IOException e) {
            // what Jackson says repeats what it met
            throw new DataException("the event is not JSON");
        }
    }

    private static void readObject(JsonParser parser, Fields fields) throws IOException, DataException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new DataException("the event is not a JSON object");
        }
        readFields(parser, "", fields);
    }

    /**
     * Shows the fields of the object whose beginning was read.
     *
     * @param prefix what its fields are called by in messages, before their own names
     */
    static void readFields(JsonParser parser, String prefix, Fields fields) throws IOException, DataException {
        FieldValue value = new ParsedValue(parser, prefix);
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            if (parser.nextToken() != JsonToken.VALUE_NULL) {
                value.meet(name);
                fields.take(name, value);
                parser.skipChildren();
            }
        }
    }
}
