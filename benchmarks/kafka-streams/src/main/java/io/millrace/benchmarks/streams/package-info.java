/** Kafka Streams as a peer of windowed analytics. */
package io.millrace.benchmarks.streams;
