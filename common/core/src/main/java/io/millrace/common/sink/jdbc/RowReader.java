package io.millrace.common.sink.jdbc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.millrace.common.event.RowChange;
import io.millrace.common.failure.DataException;
import io.millrace.common.serde.Column;
import io.millrace.common.serde.Columns;
import io.millrace.common.serde.DocumentWriter;
import io.millrace.common.serde.ValueReader;
import java.io.IOException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads changes of one table as rows of some columns, in one pass over each row's JSON. Not for several threads. */
final class RowReader {

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DocumentWriter.MOST_DEPTH)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private final List<String> columns;
    private final Set<String> key;
    private final Map<String, Integer> places = new HashMap<>();
    private final ValueTexts trusting = new ValueTexts(new ValueReader(false));
    private final ValueTexts refusing = new ValueTexts(new ValueReader(true));

    /**
     * Makes a reader.
     *
     * @param columns of the rows, in their order
     * @param key those of them that a row never lacks
     */
    RowReader(List<String> columns, Set<String> key) {
        this.columns = columns;
        this.key = key;
        for (int i = 0; i < columns.size(); i++) {
            places.put(columns.get(i), i);
        }
    }

    /**
     * Reads a change; of a row that is gone its key.
     *
     * @throws DataException if it is not what its schema says
     */
    TableRow read(RowChange change) throws DataException {
        byte[] after = change.after();
        try {
            return new TableRow(
                    change,
                    values(
                            after == null ? change.key() : after,
                            after == null ? Columns.ofKeyInRow(change.schema()) : Columns.ofRow(change.schema()),
                            change.mayHoldPlaceholder() ? refusing : trusting));
        } catch (StreamConstraintsException e) {
            throw new DataException(
                    "the row is nested deeper than " + DocumentWriter.MOST_DEPTH + ", or holds an oversized number");
        } catch (IOException e) {
            throw ValueReader.notJson("the row", e);
        }
    }

    private @Nullable String[] values(byte[] json, Columns types, ValueTexts texts) throws IOException, DataException {
        @Nullable String[] values = new @Nullable String[columns.size()];
        BitSet seen = new BitSet(columns.size());
        try (JsonParser row = JSON.createParser(json)) {
            if (row.nextToken() != JsonToken.START_OBJECT) {
                throw new DataException("the row is not a JSON object");
            }
            for (String name = row.nextFieldName(); name != null; name = row.nextFieldName()) {
                row.nextToken();
                Integer place = places.get(name);
                Column type = types.get(name);
                if (place == null || type == null) {
                    throw new DataException("the row has a column \"" + name + "\", which its schema does not name");
                }
                if (seen.get(place)) {
                    throw new DataException("the row names the column \"" + name + "\" twice");
                }
                seen.set(place);
                values[place] = texts.text(row, type);
            }
        }
        requireKey(values);
        return values;
    }

    private void requireKey(@Nullable String[] values) throws DataException {
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null && key.contains(columns.get(i))) {
                throw new DataException(
                        "the row has no value of the column \"" + columns.get(i) + "\", which is of its key");
            }
        }
    }
}
