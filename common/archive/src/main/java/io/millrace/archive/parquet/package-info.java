/**
 * The part of Parquet that the archive is written in: a flat schema, plain values, no compression, one page for each
 * column and row group. Any Parquet reader reads it; the same rows give the same bytes, whichever version writes them.
 */
package io.millrace.archive.parquet;
