/** Debezium's embedded engine as a peer: a class path of its own, so it knows nothing of the other benchmarks. */
package io.millrace.benchmarks.debezium;
