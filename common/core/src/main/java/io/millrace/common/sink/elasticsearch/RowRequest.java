package io.millrace.common.sink.elasticsearch;

import io.millrace.common.event.RowChange;
import io.millrace.common.failure.DataException;
import io.millrace.common.serde.Columns;
import org.elasticsearch.action.index.IndexRequest;
import org.elasticsearch.index.VersionType;
import org.elasticsearch.xcontent.XContentType;
import org.jspecify.annotations.Nullable;

/**
 * One row change on its way through the connector's bulk processor, which takes requests of the client's own classes
 * only. A delete travels in it as well, without a document; so does a change that makes no document, with the reason,
 * so that its dead letter is written together with its batch's.
 */
final class RowRequest extends IndexRequest {

    private static final byte[] NOTHING = {};

    private final RowChange change;
    private final Columns columns;
    private final byte @Nullable [] document;
    private final @Nullable DataException refusal;

    private RowRequest(
            RowChange change,
            String alias,
            Columns columns,
            byte @Nullable [] document,
            @Nullable DataException refusal) {
        super(alias);
        this.change = change;
        this.columns = columns;
        this.document = document;
        this.refusal = refusal;
        source(document == null ? NOTHING : document, XContentType.JSON);
    }

    /** Writes a document, or deletes it if there is none. */
    static RowRequest write(
            RowChange change,
            String alias,
            String id,
            Columns columns,
            byte @Nullable [] document,
            VersionType versions) {
        RowRequest request = new RowRequest(change, alias, columns, document, null);
        request.id(id).versionType(versions).version(change.version());
        return request;
    }

    static RowRequest refused(RowChange change, String alias, DataException reason) {
        return new RowRequest(change, alias, Columns.UNKNOWN, null, reason);
    }

    RowChange change() {
        return change;
    }

    String alias() {
        return index();
    }

    /** Returns the columns of the document's row; empty if they are unknown or there is no document. */
    Columns columns() {
        return columns;
    }

    /** Returns the document, or null for a delete. */
    byte @Nullable [] document() {
        return document;
    }

    /** Returns why the change can never be written, or null if it can. */
    @Nullable
    DataException refusal() {
        return refusal;
    }
}
