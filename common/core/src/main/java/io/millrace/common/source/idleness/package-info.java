/** Which splits of a source are silent, and which only could not be read. */
package io.millrace.common.source.idleness;
