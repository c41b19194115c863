package io.millrace.analytics.parse;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.common.failure.DataException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Walks through a list of objects to its end, also where something in it is refused: only then can the rest of the event
 * be read.
 */
final class ObjectList {

    private final JsonParser parser;
    private final FieldValue value;
    private @Nullable DataException refused;

    /** What follows from an object's fields. */
    interface End {
        void take() throws DataException;
    }

    private interface Step {
        void take() throws IOException, DataException;
    }

    /** @param parser at the beginning of the list */
    ObjectList(JsonParser parser) {
        this.parser = parser;
        this.value = new ParsedValue(parser, "");
    }

    /**
     * Shows each field that is not null, and each object's end.
     *
     * @throws DataException the first that was met, once the list is read
     */
    void read(EventJson.Fields fields, End end) throws IOException, DataException {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == JsonToken.START_OBJECT) {
                readObject(fields);
                attempt(end::take);
            } else {
                refuse(new DataException("an item is no object"));
                parser.skipChildren();
            }
        }
        if (refused != null) {
            throw refused;
        }
    }

    private void readObject(EventJson.Fields fields) throws IOException {
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            if (parser.nextToken() != JsonToken.VALUE_NULL) {
                String field = name;
                value.meet(field);
                attempt(() -> fields.take(field, value));
                parser.skipChildren();
            }
        }
    }

    private void attempt(Step step) throws IOException {
        try {
            step.take();
        } catch (DataException e) {
            refuse(e);
        }
    }

    private void refuse(DataException error) {
        refused = refused == null ? error : refused;
    }
}
