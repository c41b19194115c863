package io.millrace.archive.json;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/** Texts as JSON strings, each in the one way in which Jackson writes it. */
public final class JsonText {

    private static final JsonStringEncoder ENCODER = JsonStringEncoder.getInstance();

    private JsonText() {}

    /** Returns the text in quotes. */
    public static String quoted(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2).append('"');
        ENCODER.quoteAsString(text, json);
        return json.append('"').toString();
    }
}
