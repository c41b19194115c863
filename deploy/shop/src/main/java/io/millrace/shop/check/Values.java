package io.millrace.shop.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;

/** Whether two canonical values are the same. */
final class Values {

    private static final Comparator<JsonNode> BY_VALUE = Values::compareLeaves;

    private Values() {}

    static boolean same(SourceColumn column, JsonNode expected, JsonNode found) {
        if (!column.array() && expected.isNumber() && found.isNumber()) {
            switch (column.type()) {
                case REAL -> {
                    return expected.floatValue() == found.floatValue();
                }
                case DOUBLE -> {
                    return expected.doubleValue() == found.doubleValue();
                }
                default -> {}
            }
        }
        return expected.equals(BY_VALUE, found);
    }

    /** Numbers are compared by value, so that 1.50 is 1.5; anything else as it is. */
    private static int compareLeaves(JsonNode one, JsonNode other) {
        if (one.equals(other)) {
            return 0;
        }
        return one.isNumber() && other.isNumber() ? one.decimalValue().compareTo(other.decimalValue()) : 1;
    }
}
