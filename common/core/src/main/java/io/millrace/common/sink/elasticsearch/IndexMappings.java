package io.millrace.common.sink.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.common.serde.Column;
import io.millrace.common.serde.Columns;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that an index knows the columns of a row before the row is written. Fields are only added. A column that
 * cannot be added, because it has another type already, keeps the mapping it has: the documents that do not fit are
 * refused one by one, and the others are right.
 */
final class IndexMappings {

    private static final Logger LOG = LoggerFactory.getLogger(IndexMappings.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_KNOWN = 10_000;

    private final SearchClient client;
    private final Map<String, Index> indices = new HashMap<>();

    /** What this writer knows of an index: fields that are not its to map, and columns that it has mapped. */
    private static final class Index {

        private final Set<String> givenFields = new HashSet<>();
        private final Set<Columns> mapped = Collections.newSetFromMap(new IdentityHashMap<>());
        private boolean there;
    }

    IndexMappings(SearchClient client, List<IndexRoute> routes) {
        this.client = client;
        for (IndexRoute route : routes) {
            Index index = new Index();
            IndexBodies.properties(route).fieldNames().forEachRemaining(index.givenFields::add);
            indices.put(route.index(), index);
        }
    }

    /**
     * Makes ready for a bulk.
     *
     * @throws FatalException if there is no alias to write to
     * @throws RefusedException if Elasticsearch refuses for another reason than the fields themselves
     * @throws IOException if there was no answer
     */
    void prepareFor(List<RowRequest> requests) throws IOException {
        for (RowRequest request : requests) {
            Index index = indices.computeIfAbsent(request.alias(), alias -> new Index());
            if (!index.there) {
                requireAlias(request.alias());
                index.there = true;
            }
            if (!index.mapped.contains(request.columns())) {
                map(request.alias(), request.columns(), index);
            }
        }
    }

    private void requireAlias(String alias) throws IOException {
        if (!client.isAlias(alias)) {
            throw FatalException.missingAlias(alias);
        }
    }

    private void map(String alias, Columns columns, Index index) throws IOException {
        ObjectNode properties = JSON.createObjectNode();
        for (Column column : columns.all()) {
            if (!index.givenFields.contains(column.name())) {
                properties.set(column.name(), ColumnMappings.of(column));
            }
        }
        if (!properties.isEmpty()) {
            addTogetherOrOneByOne(alias, properties);
        }
        if (index.mapped.size() >= MOST_KNOWN) {
            index.mapped.clear();
        }
        index.mapped.add(columns);
    }

    /** One field that conflicts would keep out all the others of its request. */
    private void addTogetherOrOneByOne(String alias, ObjectNode properties) throws IOException {
        if (add(alias, properties, false)) {
            return;
        }
        for (Map.Entry<String, JsonNode> field : properties.properties()) {
            add(alias, JSON.createObjectNode().set(field.getKey(), field.getValue()), true);
        }
    }

    private boolean add(String alias, ObjectNode properties, boolean last) throws IOException {
        try {
            client.addFields(alias, properties.toString());
            return true;
        } catch (RefusedException e) {
            if (e.answer().verdict() != ItemAnswer.Verdict.REFUSED) {
                throw e;
            }
            if (last) {
                LOG.warn(
                        "index {} keeps its mapping of field {}, which does not fit the column any more; documents"
                                + " that do not fit go to the dead letters. Make a new index to change it. {}",
                        alias,
                        properties.fieldNames().next(),
                        e.getMessage());
            }
            return false;
        }
    }
}
