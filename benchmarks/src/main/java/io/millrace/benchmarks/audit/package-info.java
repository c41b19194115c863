/** The cases of the audit archive. */
package io.millrace.benchmarks.audit;
