/** The cases of windowed analytics. */
package io.millrace.benchmarks.analytics;
