/** Tables that a running capture takes on: their rows are read beside the stream of the others. */
package io.millrace.common.source.postgres.added;
