package io.millrace.common.sink.elasticsearch;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads answers. The 200 of a bulk says nothing about its items, so each is looked at. */
final class BulkAnswer {

    /** What of a bulk's answer is needed; Elasticsearch leaves out the rest. */
    static final String FILTER = "items.*.status,items.*.error.type,items.*.error.reason";

    private static final ObjectMapper JSON = new ObjectMapper();

    private BulkAnswer() {}

    /**
     * Reads the items of a bulk's answer.
     *
     * @throws IOException if it does not hold as many as were sent: nothing is known then, and all are sent again
     */
    static List<ItemAnswer> items(InputStream body, int sent) throws IOException {
        List<ItemAnswer> answers = new ArrayList<>(sent);
        try (JsonParser answer = JSON.createParser(body)) {
            answer.nextToken();
            while (answer.nextToken() == JsonToken.FIELD_NAME) {
                boolean isItems = answer.currentName().equals("items");
                if (answer.nextToken() == JsonToken.START_ARRAY && isItems) {
                    readItems(answer, answers);
                } else {
                    answer.skipChildren();
                }
            }
        }
        if (answers.size() != sent) {
            throw new IOException("Elasticsearch answered " + answers.size() + " items of a bulk of " + sent);
        }
        return answers;
    }

    /** Reads the answer to a request that failed as a whole. */
    static ItemAnswer error(int status, @Nullable InputStream body) {
        JsonNode answer;
        try {
            answer = body == null ? JSON.createObjectNode() : JSON.readTree(body);
        } catch (IOException e) {
            answer = JSON.createObjectNode(); // a proxy's page
        }
        JsonNode error = answer.path("error");
        return new ItemAnswer(status, error.path("type").asText("HTTP " + status), reason(error));
    }

    private static void readItems(JsonParser answer, List<ItemAnswer> answers) throws IOException {
        while (answer.nextToken() == JsonToken.START_OBJECT) {
            while (answer.nextToken() == JsonToken.FIELD_NAME) {
                answer.nextToken();
                answers.add(item(answer));
            }
        }
    }

    /** Reads what stands behind the name of the action. */
    private static ItemAnswer item(JsonParser action) throws IOException {
        int status = 0;
        JsonNode error = MissingNode.getInstance();
        while (action.nextToken() == JsonToken.FIELD_NAME) {
            String name = action.currentName();
            action.nextToken();
            switch (name) {
                case "status" -> status = action.getValueAsInt();
                case "error" -> error = JSON.readTree(action);
                default -> action.skipChildren();
            }
        }
        String type = error.isObject() ? error.path("type").asText("unknown") : null;
        return new ItemAnswer(status, type, reason(error));
    }

    private static @Nullable String reason(JsonNode error) {
        return ItemAnswer.withoutPayload(error.path("reason").asText(null));
    }
}
