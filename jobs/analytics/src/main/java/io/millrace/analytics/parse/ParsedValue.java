package io.millrace.analytics.parse;

import com.fasterxml.jackson.core.JsonParser;
import io.millrace.common.failure.DataException;
import java.io.IOException;

/** The value that a parser has come to. */
final class ParsedValue extends FieldValue {

    private final JsonParser parser;

    /** @param prefix what a field is called by in messages, before its own name */
    ParsedValue(JsonParser parser, String prefix) {
        super(prefix);
        this.parser = parser;
    }

    @Override
    Form form() {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> Form.TEXT;
            case VALUE_NUMBER_INT -> Form.WHOLE_NUMBER;
            case VALUE_NUMBER_FLOAT -> Form.FRACTION;
            case START_ARRAY -> Form.LIST;
            case START_OBJECT -> Form.OBJECT;
            default -> Form.WORD;
        };
    }

    @Override
    String written() throws IOException {
        return parser.getText();
    }

    @Override
    boolean mayHoldHalves() {
        return true;
    }

    @Override
    ObjectList list() {
        return new ObjectList(parser);
    }

    @Override
    void fields(String within, EventJson.Fields fields) throws IOException, DataException {
        EventJson.readFields(parser, within, fields);
    }
}
