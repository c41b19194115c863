package io.millrace.cli.migration;

/**
 * What differs between the lexical rules of two databases.
 *
 * @param backslashEscapes a backslash escapes in every string, not only in {@code E'…'}
 * @param nestedComments a block comment can hold another one
 * @param backquotes names can stand between backquotes
 */
record Dialect(boolean backslashEscapes, boolean nestedComments, boolean backquotes) {
    static final Dialect POSTGRES = new Dialect(false, true, false);
    static final Dialect CLICKHOUSE = new Dialect(true, false, true);
}
