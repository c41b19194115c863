package io.millrace.common.serde;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.common.failure.DataException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a row's key as texts, for whoever makes an identifier from them: what {@link FieldTexts} tells of the
 * document that {@link DocumentWriter} makes of the key. Plain keys are read without making one.
 *
 * <p>An instance belongs to one thread.
 */
public final class KeyTexts {

    private static final int LONGEST_PLAIN = 8 * 1024;

    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private final DocumentWriter documents;
    private final int longestPlain;

    /**
     * Makes one.
     *
     * @param documents makes the document of a key that is not plain
     */
    public KeyTexts(DocumentWriter documents) {
        this.documents = documents;
        this.longestPlain = Math.min(LONGEST_PLAIN, documents.mostBytes());
    }

    /**
     * Returns the columns in their order; a null as null.
     *
     * @param mayHoldPlaceholder see {@link DocumentWriter#write}
     * @throws DataException if no document can be made of the key
     */
    public Map<String, @Nullable String> of(byte[] key, Columns columns, boolean mayHoldPlaceholder)
            throws DataException {
        Map<String, @Nullable String> plain = plain(key, columns, mayHoldPlaceholder);
        return plain == null ? FieldTexts.of(documents.write(key, columns, mayHoldPlaceholder)) : plain;
    }

    /** Returns null for whatever is not plain, right or wrong. */
    private @Nullable Map<String, @Nullable String> plain(byte[] key, Columns columns, boolean mayHoldPlaceholder)
            throws DataException {
        if (key.length > longestPlain) {
            return null;
        }
        Map<String, @Nullable String> plainest = mayHoldPlaceholder ? null : PlainKeys.read(key, columns.plain());
        if (plainest != null) {
            return plainest;
        }
        try (JsonParser parser = JSON.createParser(key)) {
            return parser.nextToken() == JsonToken.START_OBJECT ? plain(parser, columns, mayHoldPlaceholder) : null;
        } catch (IOException e) {
            return null;
        }
    }

    private static @Nullable Map<String, @Nullable String> plain(
            JsonParser key, Columns columns, boolean mayHoldPlaceholder) throws IOException, DataException {
        Map<String, @Nullable String> texts = new LinkedHashMap<>(4);
        for (String name = key.nextFieldName(); name != null; name = key.nextFieldName()) {
            JsonToken token = key.nextToken();
            Column column = columns.get(name);
            if (column != null && column.encoding() != ValueEncoding.AS_IS) {
                return null;
            }
            if (mayHoldPlaceholder) {
                UnavailableValue.refuse(key, name);
            }
            String text = text(key, token);
            if (text == null || texts.put(name, text) != null) {
                return null;
            }
        }
        return key.currentToken() == JsonToken.END_OBJECT && key.nextToken() == null ? texts : null;
    }

    private static @Nullable String text(JsonParser key, @Nullable JsonToken token) throws IOException {
        if (token == JsonToken.VALUE_STRING) {
            String text = key.getText();
            return hasSurrogates(text) ? null : text;
        }
        boolean isLong =
                token == JsonToken.VALUE_NUMBER_INT && key.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
        return isLong ? Long.toString(key.getLongValue()) : null;
    }

    /** A document shows a half of a pair in a way of its own. */
    private static boolean hasSurrogates(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }
}
