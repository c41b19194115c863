package io.millrace.common.sink.elasticsearch;

import io.millrace.common.event.Operation;
import io.millrace.common.event.RowChange;
import io.millrace.common.failure.DataException;
import io.millrace.common.serde.Columns;
import io.millrace.common.serde.DecimalForm;
import io.millrace.common.serde.DocumentWriter;
import io.millrace.common.serde.KeyTexts;
import io.millrace.common.sink.elasticsearch.ElasticsearchConfig.Documents;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.connector.elasticsearch.sink.ElasticsearchEmitter;
import org.apache.flink.connector.elasticsearch.sink.RequestIndexer;
import org.elasticsearch.index.VersionType;

/** Turns a row change into what is to be done in Elasticsearch. */
final class RowEmitter implements ElasticsearchEmitter<RowChange> {

    private static final long serialVersionUID = 1L;

    private final Map<String, String> aliases;
    private final VersionType versions;
    private final transient DocumentWriter documents;
    private final transient KeyTexts keys;

    RowEmitter(List<IndexRoute> routes, Documents documents, VersionType versions) {
        this.aliases = routes.stream().collect(Collectors.toMap(IndexRoute::table, IndexRoute::index));
        this.versions = versions;
        this.documents = new DocumentWriter(documents.decimals(), documents.maxBytes());
        this.keys = new KeyTexts(new DocumentWriter(DecimalForm.TEXT));
    }

    @Override
    public void emit(RowChange change, SinkWriter.Context context, RequestIndexer indexer) {
        indexer.add(request(change));
    }

    RowRequest request(RowChange change) {
        String alias = aliases.get(change.table());
        if (alias == null) {
            throw new IllegalStateException("table " + change.table() + " has no route to Elasticsearch; a change of it"
                    + " must not reach this target");
        }
        if (change.version() == RowChange.UNVERSIONED) {
            throw new IllegalStateException("a change of table " + change.table() + " has no version; without one"
                    + " an older row could replace a newer");
        }
        try {
            return write(change, alias);
        } catch (DataException e) {
            return RowRequest.refused(change, alias, e);
        }
    }

    private RowRequest write(RowChange change, String alias) throws DataException {
        if (change.operation() == Operation.TRUNCATE) {
            throw new DataException("TRUNCATE names no row; delete the documents by a sweep");
        }
        boolean mayHoldPlaceholder = change.mayHoldPlaceholder();
        String id = DocumentIds.of(keys.of(change.key(), Columns.ofKey(change.schema()), mayHoldPlaceholder));
        byte[] row = change.after();
        if (row == null) {
            return RowRequest.write(change, alias, id, Columns.UNKNOWN, null, versions);
        }
        Columns columns = Columns.ofRow(change.schema());
        byte[] document = documents.write(row, columns, mayHoldPlaceholder);
        return RowRequest.write(change, alias, id, columns, document, versions);
    }
}
