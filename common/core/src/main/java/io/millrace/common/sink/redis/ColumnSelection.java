package io.millrace.common.sink.redis;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.millrace.common.failure.DataException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Set;

/** Takes the columns out of a row that its route does not want, before anything reads them. */
public final class ColumnSelection {

    /** Reads whatever a change holds; how much that may be is decided by who parses changes and by who writes rows. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private final Set<String> include;
    private final Set<String> exclude;

    /**
     * Selects.
     *
     * @param include the columns that stay; empty for all
     * @param exclude the columns that go, if none is included
     */
    public ColumnSelection(Set<String> include, Set<String> exclude) {
        this.include = include;
        this.exclude = exclude;
    }

    ColumnSelection(RedisRoute route) {
        this(route.include(), route.exclude());
    }

    /**
     * Returns what is selected of a row.
     *
     * @throws DataException if the row is no JSON object
     */
    public byte[] of(byte[] row) throws DataException {
        if (include.isEmpty() && exclude.isEmpty()) {
            return row;
        }
        ByteArrayOutputStream selected = new ByteArrayOutputStream(row.length);
        try (JsonParser parser = JSON.createParser(row);
                JsonGenerator out = JSON.createGenerator(selected)) {
            copy(parser, out);
        } catch (IOException e) {
            throw new DataException("the row is not JSON: " + e.getClass().getSimpleName());
        }
        return selected.toByteArray();
    }

    private void copy(JsonParser row, JsonGenerator out) throws IOException, DataException {
        if (row.nextToken() != JsonToken.START_OBJECT) {
            throw new DataException("the row is not a JSON object");
        }
        out.writeStartObject();
        for (String name = row.nextFieldName(); name != null; name = row.nextFieldName()) {
            row.nextToken();
            if (isSelected(name)) {
                out.writeFieldName(name);
                out.copyCurrentStructureExact(row);
            } else {
                row.skipChildren();
            }
        }
        out.writeEndObject();
    }

    private boolean isSelected(String column) {
        return include.isEmpty() ? !exclude.contains(column) : include.contains(column);
    }
}
