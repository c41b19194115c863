/** Where contenders meet: servers that begin empty, a Flink that is fresh for each run, and our jobs on it. */
package io.millrace.benchmarks.stage;
