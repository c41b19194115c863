/** The cases of change data capture. */
package io.millrace.benchmarks.cdc;
