package io.millrace.common.sink.elasticsearch;

import java.io.IOException;
import java.util.List;

/** Walks over all documents of an index, page by page, without keeping more than one. Used by one thread. */
interface DocumentScroll {

    /** A document, without its source. */
    record Hit(String id, long version) {}

    /**
     * Some of the documents.
     *
     * @param scroll names the walk, for the next page
     * @param hits empty after the last page
     */
    record Page(String scroll, List<Hit> hits) {}

    /**
     * Makes what was written so far visible, and reads the first page of it.
     *
     * @throws RefusedException if the answer is an error, also of a single shard
     * @throws IOException if there was no answer
     */
    Page begin(String alias, int pageSize) throws IOException;

    /**
     * Reads the next page.
     *
     * @throws RefusedException if the answer is an error: 404 if Elasticsearch no longer knows the walk
     * @throws IOException if there was no answer, or a shard's documents are missing from it
     */
    Page next(String scroll) throws IOException;

    /** Lets Elasticsearch forget the walk, which it would do by itself after some minutes. */
    void end(String scroll) throws IOException;
}
