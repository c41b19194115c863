package io.millrace.shop.visitors.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.function.Predicate;

/**
 * What a column must hold.
 *
 * @param expected in words
 */
record Cell(String expected, Predicate<JsonNode> admits) {

    static Cell text(String text) {
        return new Cell(text, found -> found.asText().equals(text));
    }

    static Cell number(long number) {
        return exact(BigDecimal.valueOf(number));
    }

    /** An exact number, with however many zeros. */
    static Cell exact(BigDecimal number) {
        return new Cell(number.toPlainString(), found -> decimal(found).compareTo(number) == 0);
    }

    /** A number that may be some part of itself away. */
    static Cell near(double number, double part) {
        return new Cell(
                number + " ± " + number * part,
                found -> Math.abs(decimal(found).doubleValue() - number) <= number * part + 1e-9);
    }

    /** A whole number that is estimated: four standard errors are the most, and few are counted exactly. */
    static Cell estimate(long number, double standardError) {
        long away = (long) (4 * standardError * number);
        return new Cell(number + " ± " + away, found -> Math.abs(decimal(found).longValue() - number) <= away);
    }

    /** Anything from 0 to a number. */
    static Cell atMost(long number) {
        return new Cell("at most " + number, between(0, number).admits());
    }

    /** A whole number from the least to the most. */
    static Cell between(long least, long most) {
        return new Cell(least == most ? "" + least : least + " to " + most, found -> {
            BigDecimal value = decimal(found);
            return value.compareTo(BigDecimal.valueOf(least)) >= 0 && value.compareTo(BigDecimal.valueOf(most)) <= 0;
        });
    }

    /** Returns a number that no cell takes if it is none. */
    private static BigDecimal decimal(JsonNode found) {
        try {
            return new BigDecimal(found.asText());
        } catch (NumberFormatException e) {
            return BigDecimal.valueOf(Long.MIN_VALUE);
        }
    }
}
