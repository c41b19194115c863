package io.millrace.common.sink.elasticsearch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.elasticsearch.index.VersionType;

/**
 * The body of a {@code _bulk} request. Written here and not by the client's own class, which reads every document
 * again and passes its numbers through a double.
 */
final class BulkBody {

    private static final int SIZE = 512 * 1024;

    private static final JsonFactory JSON = new JsonFactory();

    private BulkBody() {}

    static byte[] of(List<RowRequest> requests) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(SIZE);
        try (JsonGenerator action = JSON.createGenerator(out)) {
            action.setRootValueSeparator(null);
            for (RowRequest request : requests) {
                writeAction(request, action);
                action.writeRaw('\n');
                byte[] document = request.document();
                if (document != null) {
                    action.flush();
                    out.write(document);
                    action.writeRaw('\n');
                }
            }
        }
        return out.toByteArray();
    }

    private static void writeAction(RowRequest request, JsonGenerator action) throws IOException {
        boolean delete = request.document() == null;
        action.writeStartObject();
        action.writeObjectFieldStart(delete ? "delete" : "index");
        action.writeStringField("_index", request.alias());
        action.writeStringField("_id", request.id());
        if (request.versionType() != VersionType.INTERNAL) {
            action.writeNumberField("version", request.version());
            action.writeStringField("version_type", VersionType.toString(request.versionType()));
        }
        if (!delete) {
            action.writeBooleanField("require_alias", true);
        }
        action.writeEndObject();
        action.writeEndObject();
    }
}
