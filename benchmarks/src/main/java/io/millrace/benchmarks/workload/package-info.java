/** The rows that are carried, and the sum by which a target is compared with its source. */
package io.millrace.benchmarks.workload;
