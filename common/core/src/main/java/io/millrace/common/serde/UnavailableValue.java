package io.millrace.common.serde;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.common.failure.DataException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The text, in either of its forms, that Debezium writes where it does not know a large value. A user's text may be
 * the same; the row itself does not tell which it is.
 */
public final class UnavailableValue {

    private static final String TEXT = "__debezium_unavailable_value";
    private static final String BYTES = "X19kZWJleml1bV91bmF2YWlsYWJsZV92YWx1ZQ==";

    private static final byte[] PLAIN_TEXT = ('"' + TEXT + '"').getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PLAIN_BYTES = ('"' + BYTES + '"').getBytes(StandardCharsets.US_ASCII);

    private static final JsonFactory JSON = new JsonFactory();

    private UnavailableValue() {}

    /**
     * Refuses it anywhere in a row.
     *
     * @throws DataException if it is there, or the row is no JSON
     */
    public static void refuseIn(byte[] row) throws DataException {
        String column = "";
        try (JsonParser parser = JSON.createParser(row)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.FIELD_NAME
                        && parser.getParsingContext().getParent().inRoot()) {
                    column = parser.currentName();
                }
                refuse(parser, column);
            }
        } catch (IOException e) {
            throw ValueReader.notJson("the row", e);
        }
    }

    /** Tells whether it is the plain value between two places. */
    static boolean isAt(byte[] row, int from, int to) {
        return PlainJson.is(row, from, to, PLAIN_TEXT) || PlainJson.is(row, from, to, PLAIN_BYTES);
    }

    /** Refuses it as the value that the row stands at. */
    static void refuse(JsonParser row, String column) throws IOException, DataException {
        if (row.currentToken() != JsonToken.VALUE_STRING) {
            return;
        }
        int length = row.getTextLength();
        if ((length == TEXT.length() && row.getText().equals(TEXT))
                || (length == BYTES.length() && row.getText().equals(BYTES))) {
            throw new DataException("column \"" + column + "\" holds the placeholder of an unchanged large value;"
                    + " it must be filled in where the change is captured");
        }
    }
}
