package io.millrace.common.serde.debezium;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.Arrays;

/** A part of a message that holds one JSON value. */
record JsonRange(byte[] bytes, int from, int to) {

    static JsonRange all(byte[] bytes) {
        return new JsonRange(bytes, 0, bytes.length);
    }

    JsonParser open(JsonFactory json) throws IOException {
        return json.createParser(bytes, from, to - from);
    }

    byte[] copy() {
        return from == 0 && to == bytes.length ? bytes : Arrays.copyOfRange(bytes, from, to);
    }

    /**
     * Returns the value that a parser of this range stands at, and moves the parser to its end.
     *
     * @throws IOException if the value is not JSON, or the text is not UTF-8, where places are not known
     */
    JsonRange valueAt(JsonParser parser) throws IOException {
        int start = from + place(parser.currentTokenLocation().getByteOffset());
        parser.skipChildren();
        parser.finishToken();
        return new JsonRange(bytes, start, from + place(parser.currentLocation().getByteOffset()));
    }

    private static int place(long offset) throws IOException {
        if (offset < 0) {
            throw new IOException("the text is not UTF-8");
        }
        return (int) offset;
    }
}
