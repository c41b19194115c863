package io.millrace.common.source.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the text form of a Postgres array, such as {@code {1,NULL,"a \"b\""}}, nested ones included. */
final class ArrayLiteral {

    private final String text;
    private final Function<String, Object> element;
    private int at;

    private ArrayLiteral(String text, Function<String, Object> element) {
        this.text = text;
        this.element = element;
        // a lower bound other than 1 is written before the array, as [0:2]={1,2,3}
        this.at = text.startsWith("[") ? text.indexOf('=') + 1 : 0;
    }

    /**
     * Reads an array.
     *
     * @param element makes a value of an element's text; never called for NULL
     * @throws IllegalArgumentException if the text is not an array's
     */
    static List<@Nullable Object> parse(String text, Function<String, Object> element) {
        ArrayLiteral literal = new ArrayLiteral(text, element);
        List<@Nullable Object> values = literal.list();
        if (literal.at < text.length()) {
            throw new IllegalArgumentException("an array of " + text.length() + " characters ends at " + literal.at);
        }
        return values;
    }

    private List<@Nullable Object> list() {
        expect('{');
        List<@Nullable Object> values = new ArrayList<>();
        while (peek() != '}') {
            values.add(value());
            if (peek() == ',') {
                at++;
            }
        }
        at++;
        return values;
    }

    private @Nullable Object value() {
        if (peek() == '{') {
            return list();
        }
        if (peek() == '"') {
            return element.apply(quoted());
        }
        int start = at;
        while (peek() != ',' && peek() != '}') {
            at++;
        }
        String bare = text.substring(start, at);
        return bare.equals("NULL") ? null : element.apply(bare);
    }

    private String quoted() {
        StringBuilder value = new StringBuilder();
        at++;
        while (peek() != '"') {
            if (peek() == '\\') {
                at++;
            }
            value.append(peek());
            at++;
        }
        at++;
        return value.toString();
    }

    private char peek() {
        if (at >= text.length()) {
            throw new IllegalArgumentException("an array of " + text.length() + " characters ends too early");
        }
        return text.charAt(at);
    }

    private void expect(char wanted) {
        if (peek() != wanted) {
            throw new IllegalArgumentException("an array has no " + wanted + " at " + at);
        }
        at++;
    }
}
