/** Flink's own windows and SQL as peers of windowed analytics. */
package io.millrace.benchmarks.flink;
