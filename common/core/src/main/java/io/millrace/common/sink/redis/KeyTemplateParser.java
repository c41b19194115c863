package io.millrace.common.sink.redis;

import java.util.ArrayList;
import java.util.List;

/** Takes a key template apart: text, column, text, …, text. */
final class KeyTemplateParser {

    private final List<String> texts = new ArrayList<>();
    private final List<String> columns = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    KeyTemplateParser(String template) {
        split(template);
        texts.forEach(this::checkText);
        columns.forEach(this::checkColumn);
        checkSeparators();
        if (problems.isEmpty() && columns.isEmpty()) {
            problems.add("names no column; write one in braces, as in user:{id}, or every row has the same key");
        }
    }

    List<String> texts() {
        return texts;
    }

    List<String> columns() {
        return columns;
    }

    List<String> problems() {
        return problems;
    }

    private void split(String template) {
        int from = 0;
        for (int open = template.indexOf('{'); open >= 0; open = template.indexOf('{', from)) {
            int close = template.indexOf('}', open);
            if (close < 0) {
                problems.add("opens a brace that it does not close; a column is written {name}");
                break;
            }
            texts.add(template.substring(from, open));
            columns.add(template.substring(open + 1, close));
            from = close + 1;
        }
        texts.add(template.substring(from));
    }

    private void checkText(String text) {
        if (problems.isEmpty() && (text.indexOf('{') >= 0 || text.indexOf('}') >= 0)) {
            problems.add("closes a brace that it did not open; Redis Cluster reads braces as a hash tag, so a key has"
                    + " none");
        }
        if (!text.codePoints().allMatch(KeyText::isPlain)) {
            problems.add("holds a space, a line break or an invisible character; use visible ones only");
        }
    }

    private void checkColumn(String column) {
        if (column.isBlank()) {
            problems.add("has braces without a column's name between them");
        } else if (column.indexOf('{') >= 0) {
            problems.add("opens a brace within braces");
        }
    }

    /** A value never holds a colon, so a colon between two values keeps them apart, and nothing else does. */
    private void checkSeparators() {
        for (int i = 1; i < columns.size(); i++) {
            if (texts.get(i).indexOf(':') < 0) {
                problems.add("has nothing with a colon between {" + columns.get(i - 1) + "} and {" + columns.get(i)
                        + "}; put one there, or different rows can share a key");
            }
        }
    }
}
