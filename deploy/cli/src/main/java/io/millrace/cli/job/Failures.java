package io.millrace.cli.job;

import java.util.List;
import java.util.regex.Pattern;

/** Finds the sentence in a Java stack trace that says what went wrong. */
final class Failures {
    private static final Pattern FRAME = Pattern.compile("\\s+at .*|\\s*\\.\\.\\. \\d+ more.*");
    private static final Pattern EXCEPTION_NAME = Pattern.compile("^(Caused by: )?([\\w$]+\\.)+[\\w$]+(: |$)");

    private Failures() {}

    /** The message of the innermost cause, with its further lines, without frames and class names. */
    static String rootCause(String text) {
        List<String> lines = text.lines().toList();
        int from = -1;
        for (int i = 0; i < lines.size(); i++) {
            if (EXCEPTION_NAME.matcher(lines.get(i)).find()) {
                from = i;
            }
        }
        if (from < 0) {
            return text.strip();
        }
        StringBuilder message =
                new StringBuilder(EXCEPTION_NAME.matcher(lines.get(from)).replaceFirst(""));
        for (String line : lines.subList(from + 1, lines.size())) {
            if (FRAME.matcher(line).matches()) {
                break;
            }
            message.append(System.lineSeparator()).append(line);
        }
        String found = message.toString().strip();
        return found.isEmpty()
                ? lines.get(from).replaceFirst("^Caused by: ", "").strip()
                : found;
    }
}
