package io.millrace.audit.watch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.common.event.ProducedRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** Tells in the topic of alerts what is wrong with the archive: one record of all that one look has brought. */
final class Alert {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int MOST_NAMED = 100;
    private static final int LONGEST = 1_000;

    private final WatchOptions options;

    Alert(WatchOptions options) {
        this.options = options;
    }

    /**
     * Returns the record, with the archive's name as its key.
     *
     * @param news what is told, in the order of its importance
     */
    ProducedRecord of(List<Wrong> news, Watched watched) {
        ByteArrayOutputStream value = new ByteArrayOutputStream(512);
        boolean isUnverified = news.get(0).place().kind().equals(Wrong.UNVERIFIED);
        try (JsonGenerator json = JSON.createGenerator(value)) {
            json.writeStartObject();
            json.writeStringField("type", isUnverified ? "audit-archive-unverified" : "audit-archive-wrong");
            json.writeStringField("pipeline", options.pipeline());
            json.writeStringField("archive", options.archive().name());
            json.writeStringField("topic", options.archive().topic());
            json.writeNumberField("new", news.size());
            json.writeNumberField("wrong", watched.told());
            json.writeArrayFieldStart("findings");
            for (Wrong wrong : news.subList(0, Math.min(news.size(), MOST_NAMED))) {
                write(wrong, since(watched, wrong), json);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("nothing can fail in memory", e);
        }
        byte[] key = options.archive().name().getBytes(StandardCharsets.UTF_8);
        return new ProducedRecord(options.alerts(), key, value.toByteArray(), List.of());
    }

    private static Instant since(Watched watched, Wrong wrong) {
        Watched.Sighting seen = watched.wrong().get(wrong.place());
        return Instant.ofEpochMilli(seen == null ? 0 : seen.since());
    }

    private static void write(Wrong wrong, Instant since, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("kind", wrong.place().kind());
        json.writeStringField("where", wrong.place().where());
        if (wrong.partition() >= 0) {
            json.writeNumberField("partition", wrong.partition());
        }
        Long offset = wrong.offset();
        if (offset != null) {
            json.writeStringField("offset", offset.toString());
        }
        json.writeStringField("since", since.toString());
        String what = wrong.what();
        json.writeStringField("what", what.substring(0, Math.min(what.length(), LONGEST)));
        json.writeEndObject();
    }
}
