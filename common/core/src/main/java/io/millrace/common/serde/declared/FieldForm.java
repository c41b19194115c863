package io.millrace.common.serde.declared;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How Connect's schema describes a field.
 *
 * @param type such as {@code int32}
 * @param semantic the name of what it means; null if nothing special
 */
record FieldForm(String type, @Nullable String semantic, Map<String, String> parameters) {

    static FieldForm plain(String type) {
        return new FieldForm(type, null, Map.of());
    }

    static FieldForm of(String type, String semantic) {
        return new FieldForm(type, semantic, Map.of());
    }
}
