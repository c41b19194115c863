package io.millrace.cli.migration;

/**
 * One statement of a file.
 *
 * @param line where it begins, from 1
 * @param text without the semicolon
 */
record SqlStatement(int line, String text) {}
