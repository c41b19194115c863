package io.millrace.cli.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits a file into its statements, at the semicolons that stand outside strings, quoted names, dollar quotes and
 * comments. Statements that are only comments are dropped. Function bodies must be quoted: {@code BEGIN ATOMIC} is
 * not understood.
 */
final class SqlScript {
    private static final Pattern DOLLAR_TAG = Pattern.compile("\\$(?:[\\p{L}_][\\p{L}\\p{N}_]*)?\\$");

    private final String sql;
    private final Dialect dialect;
    private final List<SqlStatement> statements = new ArrayList<>();
    private int start = -1;

    private SqlScript(String sql, Dialect dialect) {
        this.sql = sql;
        this.dialect = dialect;
    }

    /**
     * The statements of a text, in order.
     *
     * @throws IllegalArgumentException if a string, a quoted name, a dollar quote or a comment does not end
     */
    static List<SqlStatement> split(String sql, Dialect dialect) {
        SqlScript script = new SqlScript(sql, dialect);
        script.split();
        return List.copyOf(script.statements);
    }

    /**
     * Returns a text in which a name is another, wherever it stands as a name: not in a string or a comment.
     *
     * @param name unquoted; in the text it may be quoted
     * @param other a word that needs no quotes
     */
    static String rename(String sql, Dialect dialect, String name, String other) {
        SqlScript script = new SqlScript(sql, dialect);
        Set<String> written = Set.of(name, '"' + name + '"', '`' + name + '`');
        StringBuilder renamed = new StringBuilder();
        for (int at = 0, end; at < sql.length(); at = end) {
            end = script.endOfPiece(at);
            String piece = sql.substring(at, end);
            renamed.append(written.contains(piece) ? other : piece);
        }
        return renamed.toString();
    }

    private void split() {
        int at = 0;
        while (at < sql.length()) {
            if (sql.charAt(at) == ';') {
                finish(at);
            } else if (!isBetween(at)) {
                start = start < 0 ? at : start;
            }
            at = endOfPiece(at);
        }
        finish(sql.length());
    }

    private boolean isBetween(int at) {
        return sql.startsWith("--", at) || sql.startsWith("/*", at) || Character.isWhitespace(sql.charAt(at));
    }

    /** A piece is a comment, a token, or one character of what is between them. */
    private int endOfPiece(int at) {
        if (sql.startsWith("--", at)) {
            int end = sql.indexOf('\n', at);
            return end < 0 ? sql.length() : end;
        }
        return sql.startsWith("/*", at) ? endOfComment(at) : endOfToken(at);
    }

    private void finish(int end) {
        if (start >= 0) {
            statements.add(
                    new SqlStatement(line(start), sql.substring(start, end).strip()));
        }
        start = -1;
    }

    private int endOfToken(int at) {
        char c = sql.charAt(at);
        if (c == '\'') {
            return endOfQuote(at, dialect.backslashEscapes() || escapeString(at));
        }
        if (c == '"' || (c == '`' && dialect.backquotes())) {
            return endOfQuote(at, dialect.backslashEscapes());
        }
        if (c == '$') {
            Matcher tag = DOLLAR_TAG.matcher(sql).region(at, sql.length());
            if (tag.lookingAt()) {
                int end = sql.indexOf(tag.group(), tag.end());
                return end < 0
                        ? unended("dollar quote " + tag.group(), at)
                        : end + tag.group().length();
            }
        }
        return Character.isJavaIdentifierStart(c) ? endOfWord(at) : at + 1;
    }

    /** A dollar inside a word does not open a quote: {@code a$b$}. An escape string's {@code E} stands alone. */
    private int endOfWord(int at) {
        int end = at + 1;
        while (end < sql.length() && Character.isJavaIdentifierPart(sql.charAt(end))) {
            end++;
        }
        return end;
    }

    private boolean escapeString(int quote) {
        boolean marked = quote > 0 && (sql.charAt(quote - 1) == 'E' || sql.charAt(quote - 1) == 'e');
        return marked && (quote == 1 || !Character.isJavaIdentifierPart(sql.charAt(quote - 2)));
    }

    private int endOfQuote(int at, boolean escapes) {
        char quote = sql.charAt(at);
        for (int i = at + 1; i < sql.length(); i++) {
            char c = sql.charAt(i);
            if (c == '\\' && escapes) {
                i++;
            } else if (c == quote) {
                if (i + 1 < sql.length() && sql.charAt(i + 1) == quote) {
                    i++;
                } else {
                    return i + 1;
                }
            }
        }
        return unended(quote == '\'' ? "string" : "quoted name", at);
    }

    private int endOfComment(int at) {
        int depth = 1;
        int i = at + 2;
        while (i < sql.length()) {
            if (sql.startsWith("*/", i)) {
                i += 2;
                if (--depth == 0) {
                    return i;
                }
            } else if (dialect.nestedComments() && sql.startsWith("/*", i)) {
                i += 2;
                depth++;
            } else {
                i++;
            }
        }
        return unended("comment", at);
    }

    private int unended(String what, int at) {
        throw new IllegalArgumentException("the " + what + " that begins in line " + line(at) + " does not end");
    }

    private int line(int at) {
        return 1 + (int) sql.substring(0, at).chars().filter(c -> c == '\n').count();
    }
}
