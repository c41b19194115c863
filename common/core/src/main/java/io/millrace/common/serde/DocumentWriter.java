package io.millrace.common.serde;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.millrace.common.failure.DataException;
import java.io.IOException;

/**
 * Turns a row as Debezium writes it into the document that people expect: dates and times in ISO-8601, exact
 * decimals, JSON columns nested as JSON. What a schema does not tell passes as it is. Null stays null.
 *
 * <p>One pass, buffers used again; an instance belongs to one thread.
 */
public final class DocumentWriter {

    /** The size of the largest document, unless told otherwise. */
    public static final int MOST_BYTES = 1024 * 1024;

    /** How deeply a document may be nested, the row itself included. */
    public static final int MOST_DEPTH = 64;

    private static final JsonFactory JSON = json(MOST_DEPTH);

    private final int mostBytes;
    private final BoundedBytes out;
    private final ValueWriter values;
    private final ValueWriter refusing;
    private final PlainDocuments plain;

    public DocumentWriter(DecimalForm decimals) {
        this(decimals, MOST_BYTES);
    }

    public DocumentWriter(DecimalForm decimals, int mostBytes) {
        this.mostBytes = mostBytes;
        this.out = new BoundedBytes(mostBytes);
        this.values = new ValueWriter(JSON, decimals, false);
        this.refusing = new ValueWriter(JSON, decimals, true);
        this.plain = new PlainDocuments(decimals, out);
    }

    /** Returns what reads and writes JSON up to a depth. */
    static JsonFactory json(int depth) {
        return JsonFactory.builder()
                .streamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(depth).build())
                .streamWriteConstraints(
                        StreamWriteConstraints.builder().maxNestingDepth(depth).build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
                .build();
    }

    int mostBytes() {
        return mostBytes;
    }

    /**
     * Writes a row, or a key, as a document.
     *
     * @param row a JSON object, its fields being columns
     * @param mayHoldPlaceholder whether the text that Debezium writes for a value it did not have is refused; see
     *     {@link io.millrace.common.event.RowChange#mayHoldPlaceholder}
     * @return the document, the caller's to keep; the row itself if it is one as it came
     * @throws DataException if the row is not an object, does not fit its schema, is too large or too deep, names a
     *     field twice, or holds a placeholder
     */
    public byte[] write(byte[] row, Columns columns, boolean mayHoldPlaceholder) throws DataException {
        try {
            byte[] document = row.length > mostBytes ? null : plain.write(row, columns.plain(), mayHoldPlaceholder);
            return document == null ? parsed(row, columns, mayHoldPlaceholder) : document;
        } catch (BoundedBytes.FullException e) {
            throw new DataException("the document is larger than " + mostBytes + " bytes");
        } catch (StreamConstraintsException e) {
            throw new DataException("the row is nested deeper than " + MOST_DEPTH + ", or holds an oversized number");
        } catch (IOException e) {
            throw ValueReader.notJson("the row", e);
        }
    }

    /** Writes any row. */
    byte[] parsed(byte[] row, Columns columns, boolean mayHoldPlaceholder) throws IOException, DataException {
        out.clear();
        try (JsonParser parser = JSON.createParser(row);
                JsonGenerator document = JSON.createGenerator(out)) {
            writeObject(parser, document, columns, mayHoldPlaceholder ? refusing : values);
        }
        return out.copy();
    }

    private static void writeObject(JsonParser row, JsonGenerator document, Columns columns, ValueWriter values)
            throws IOException, DataException {
        if (row.nextToken() != JsonToken.START_OBJECT) {
            throw new DataException("the row is not a JSON object");
        }
        document.writeStartObject();
        for (String name = row.nextFieldName(); name != null; name = row.nextFieldName()) {
            document.writeFieldName(name);
            row.nextToken();
            values.write(row, document, name, columns.get(name));
        }
        document.writeEndObject();
        if (row.nextToken() != null) {
            throw new DataException("something follows the row's JSON object");
        }
    }
}
