package io.millrace.benchmarks.variants;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.millrace.archive.bytes.CanonicalBytes;
import io.millrace.archive.chain.Content;
import io.millrace.archive.chain.Fields;
import io.millrace.archive.crypt.StoredForm;
import io.millrace.archive.record.OwnedText;
import io.millrace.archive.record.ReadEvent;
import io.millrace.archive.record.StoredRecord;
import io.millrace.common.event.ConsumedRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes records in the archive's form of what is not encrypted. */
final class ClearForm {

    private ClearForm() {}

    static StoredRecord of(ConsumedRecord record, ReadEvent event) {
        Content content =
                new Content(optional(record.key()), bytes(headers(record.headers())), optional(record.value()));
        Fields fields = new Fields(
                event.kind(),
                event.eventTime(),
                text(event.eventId()),
                text(event.eventType()),
                text(event.userId()),
                text(event.accessedBy()),
                text(event.resourceId()),
                metadata(event.metadata()));
        return new StoredRecord(content, fields);
    }

    private static byte[] headers(List<ConsumedRecord.Header> headers) {
        CanonicalBytes bytes = new CanonicalBytes().i32(headers.size());
        headers.forEach(header -> bytes.text(header.name()).bytes(header.value()));
        return bytes.toByteArray();
    }

    private static byte @Nullable [] optional(byte @Nullable [] value) {
        return value == null ? null : bytes(value);
    }

    private static byte[] bytes(byte[] value) {
        return new StoredForm.Clear(value).toBytes();
    }

    private static @Nullable String text(@Nullable OwnedText text) {
        return text == null ? null : new StoredForm.Clear(text.text().getBytes(StandardCharsets.UTF_8)).toText();
    }

    private static @Nullable String metadata(@Nullable Map<String, OwnedText> members) {
        if (members == null) {
            return null;
        }
        StringBuilder json = new StringBuilder("{");
        members.forEach((name, value) -> json.append(json.length() == 1 ? "\"" : ",\"")
                .append(JsonStringEncoder.getInstance().quoteAsString(name))
                .append("\":")
                .append(value.text()));
        return json.append('}').toString();
    }
}
