/** Latency at a fixed rate: an open loop that never waits for who is measured. */
package io.millrace.benchmarks.latency;
