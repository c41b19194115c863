package io.millrace.common.source.postgres.added;

import io.millrace.common.event.RowChange;

/**
 * A row, or the end of a table's rows, with the beginning of its reading.
 *
 * @param row its version is the position of the beginning
 */
record ReadRow(RowChange row, TableBegin begin) {}
