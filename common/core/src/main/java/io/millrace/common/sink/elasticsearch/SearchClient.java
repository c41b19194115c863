package io.millrace.common.sink.elasticsearch;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** What the writer asks of Elasticsearch. Used by one thread. */
interface SearchClient extends Closeable {

    /**
     * Sends a bulk and returns the answer to each item, in order.
     *
     * @throws RefusedException if the bulk was answered with an error as a whole
     * @throws IOException if there was no answer
     */
    List<ItemAnswer> bulk(List<RowRequest> requests) throws IOException;

    /**
     * Adds fields to the mapping behind an alias.
     *
     * @param properties a JSON object of field mappings
     * @throws RefusedException if the answer is an error
     * @throws IOException if there was no answer
     */
    void addFields(String alias, String properties) throws IOException;

    /**
     * Tells whether this is an alias: an index of that name is none.
     *
     * @throws RefusedException if the answer is an error
     * @throws IOException if there was no answer
     */
    boolean isAlias(String name) throws IOException;
}
