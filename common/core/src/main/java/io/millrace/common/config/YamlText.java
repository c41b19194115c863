package io.millrace.common.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * Reads YAML into a tree whose scalars are all the text as it was written, so that {@code 007} stays what it is and
 * each setting decides about its type; an empty one is null. No aliases, no tags, no second document.
 */
public final class YamlText {

    private static final int DEEPEST = 16;
    private static final int LARGEST = 1 << 20;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final YAMLFactory FACTORY = factory();

    private YamlText() {}

    /** Returns the document's mapping; an empty one, and a problem, if there is none. */
    public static ObjectNode parse(String yaml, Problems problems) {
        if (yaml.length() > LARGEST) {
            problems.add("", "the text has " + yaml.length() + " characters; at most " + LARGEST + " are read");
            return NODES.objectNode();
        }
        try (YAMLParser parser = FACTORY.createParser(yaml)) {
            if (parser.nextToken() == null) {
                problems.add("", "the text is empty; it must be a YAML mapping that begins with `name:`");
                return NODES.objectNode();
            }
            JsonNode document = read(parser, 0);
            if (parser.nextToken() != null) {
                throw new Unreadable("a second document begins; there must be one", parser);
            }
            if (document instanceof ObjectNode mapping) {
                return mapping;
            }
            problems.add("", "the text is not a YAML mapping; it must have keys such as `name:` and `source:`");
        } catch (Unreadable e) {
            problems.add("", e.getMessage());
        } catch (JsonProcessingException e) {
            problems.add("", "the text is not YAML: " + e.getOriginalMessage() + place(e));
        } catch (IOException e) {
            throw new IllegalStateException("a text in memory cannot fail to be read", e);
        }
        return NODES.objectNode();
    }

    private static JsonNode read(YAMLParser parser, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new Unreadable("mappings and lists are nested deeper than " + DEEPEST, parser);
        }
        if (parser.isCurrentAlias()) {
            throw new Unreadable("an alias (`*name`) is used; write the value out, aliases are not followed", parser);
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> readMapping(parser, depth);
            case START_ARRAY -> readList(parser, depth);
            case VALUE_NULL -> NODES.nullNode();
            default -> parser.getText().isEmpty() ? NODES.nullNode() : NODES.textNode(parser.getText());
        };
    }

    private static ObjectNode readMapping(YAMLParser parser, int depth) throws IOException {
        ObjectNode mapping = NODES.objectNode();
        for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
            parser.nextToken();
            mapping.set(key, read(parser, depth + 1));
        }
        return mapping;
    }

    private static ArrayNode readList(YAMLParser parser, int depth) throws IOException {
        ArrayNode list = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(read(parser, depth + 1));
        }
        return list;
    }

    private static YAMLFactory factory() {
        LoaderOptions limits = new LoaderOptions();
        limits.setCodePointLimit(LARGEST);
        limits.setMaxAliasesForCollections(0);
        limits.setNestingDepthLimit(DEEPEST + 4);
        return YAMLFactory.builder()
                .loaderOptions(limits)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
    }

    private static String place(@Nullable JsonProcessingException e) {
        return e == null || e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ")";
    }

    /** The text is YAML, but says something that is not read. */
    private static final class Unreadable extends IOException {

        private static final long serialVersionUID = 1L;

        Unreadable(String message, JsonParser parser) {
            super(message + " (line " + parser.currentLocation().getLineNr() + ")");
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }
}
