/** {@code millrace bench}: what is asked of the benchmarks, which are built apart and found when they are there. */
package io.millrace.cli.bench;
