package io.millrace.shop.check;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One row as a target holds it.
 *
 * @param version what the target says the row's version is; {@link #NO_VERSION} if it has none
 */
record FoundRow(JsonNode row, long version) {

    static final long NO_VERSION = -1;
}
