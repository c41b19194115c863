package io.millrace.audit.parse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.archive.chain.Kind;
import io.millrace.archive.crypt.Subject;
import io.millrace.archive.json.JsonText;
import io.millrace.archive.record.OwnedText;
import io.millrace.archive.record.ReadEvent;
import io.millrace.common.failure.DataException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads audit events, and tells whom they are about. Not for several threads. */
public final class AuditEventReader {

    /** Owns what is personal and of nobody whom the record names: it is encrypted like the record itself. */
    private static final Subject NOBODY = Subject.person("");

    private final EventLimits limits;
    private final PersonalFields personal;
    private final JsonMapper json;

    public AuditEventReader(EventLimits limits, PersonalFields personal) {
        this.limits = limits;
        this.personal = personal;
        this.json = limits.mapper();
    }

    /**
     * Reads an event.
     *
     * @throws DataException if it breaks the contract; the message holds nothing of it
     */
    public ReadEvent read(byte @Nullable [] value) throws DataException {
        JsonNode event = object(value);
        String eventType = text(event, "eventType");
        if (eventType == null) {
            throw new DataException("`eventType` is missing");
        }
        String userId = text(event, "userId");
        String accessedBy = text(event, "accessedBy");
        JsonNode time = event.path("timestamp");
        Subject user = userId == null ? null : Subject.person(userId);
        Subject accessor = accessedBy != null && personal.isCustomer(accessedBy) ? Subject.person(accessedBy) : null;
        List<Subject> subjects = new ArrayList<>();
        add(subjects, user);
        add(subjects, accessor);
        return new ReadEvent(
                Kind.EVENT,
                subjects,
                time.isNull() || time.isMissingNode() ? null : EventTime.of(time),
                owned(text(event, "eventId"), null),
                owned(eventType, null),
                owned(userId, user),
                owned(accessedBy, accessor),
                owned(text(event, "resourceId"), null),
                metadata(event.path("metadata"), accessor == null ? user : accessor));
    }

    /** Returns what can be said of a record that is no event: its key is by contract the user's id. */
    public static ReadEvent malformed(byte @Nullable [] key) {
        String user = key == null || key.length == 0 ? null : utf8(key);
        return ReadEvent.malformed(user == null ? List.of() : List.of(Subject.person(user)));
    }

    private static @Nullable String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private JsonNode object(byte @Nullable [] value) throws DataException {
        if (value == null) {
            throw new DataException("the record has no value, and so no event");
        }
        if (value.length > limits.largestEvent()) {
            throw new DataException("the event has " + value.length + " bytes; " + limits.largestEvent()
                    + " are the most that are read");
        }
        try {
            JsonNode event = tree(value);
            if (event.isObject()) {
                return event;
            }
        } catch (JsonProcessingException e) {
            // what Jackson says repeats what it met
            throw new DataException(
                    "the event is not JSON, nested deeper than " + limits.deepest() + ", or has a field twice");
        } catch (IOException e) {
            throw new DataException("the event is not JSON");
        }
        throw new DataException("the event is not a JSON object");
    }

    /**
     * Without a table of names, which whoever writes events could fill, Jackson reads bytes through a reader that has a
     * buffer of 8 KiB, made anew for each event. A text is read by the same parser, without it. What may be UTF-16 or
     * UTF-32, or begins with a mark or a space, is left to Jackson to find out.
     */
    private JsonNode tree(byte[] value) throws IOException {
        boolean isUtf8 = value.length > 1 && value[0] == '{' && value[1] != 0;
        return isUtf8 ? json.readTree(new String(value, StandardCharsets.UTF_8)) : json.readTree(value);
    }

    /** Returns a text; producers write ids as numbers too. An empty one is none. */
    private static @Nullable String text(JsonNode event, String name) throws DataException {
        JsonNode value = event.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual() && !value.isIntegralNumber()) {
            throw new DataException("`" + name + "` is no text");
        }
        String text = value.asText();
        return text.isEmpty() ? null : text;
    }

    /** What is personal of the metadata tells of whoever accessed; nobody's own is the whole record's. */
    private @Nullable Map<String, OwnedText> metadata(JsonNode metadata, @Nullable Subject owner) throws DataException {
        if (metadata.isMissingNode() || metadata.isNull()) {
            return null;
        }
        if (!metadata.isObject()) {
            throw new DataException("`metadata` is no JSON object");
        }
        Map<String, OwnedText> members = new LinkedHashMap<>();
        metadata.fields()
                .forEachRemaining(member -> members.put(
                        member.getKey(),
                        new OwnedText(
                                json(member.getValue()),
                                personal.metadata().contains(member.getKey())
                                        ? Objects.requireNonNullElse(owner, NOBODY)
                                        : null)));
        return members;
    }

    private static String json(JsonNode value) {
        return value.isTextual() ? JsonText.quoted(value.textValue()) : value.toString();
    }

    private static @Nullable OwnedText owned(@Nullable String text, @Nullable Subject owner) {
        return text == null ? null : new OwnedText(text, owner);
    }

    private static void add(List<Subject> subjects, @Nullable Subject subject) {
        if (subject != null) {
            subjects.add(subject);
        }
    }
}
