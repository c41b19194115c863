/** What the benchmarks of all pipelines share: contenders, pairs, ratios with their intervals, and the report. */
package io.millrace.benchmarks.harness;
