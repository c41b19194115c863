package io.millrace.cli;

/** Makes text of unknown origin safe to print: it can neither drive a terminal nor reorder what is read. */
public final class Printable {
    private Printable() {}

    /** The text on one line, with control, format and unpaired surrogate characters as {@code \}{@code u001b}. */
    public static String line(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (isSafe(c)) {
                safe.appendCodePoint(c);
            } else {
                for (char unit : Character.toChars(c)) {
                    safe.append("\\u%04x".formatted((int) unit));
                }
            }
        });
        return safe.toString();
    }

    /** As {@link #line}, cut to a number of characters. */
    public static String line(String text, int longest) {
        String safe = line(text);
        return safe.length() <= longest ? safe : safe.substring(0, longest - 1) + "…";
    }

    private static boolean isSafe(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
