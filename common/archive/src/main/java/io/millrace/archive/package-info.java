/**
 * The audit archive's format, as docs/audit-format.md describes it: what writes it and what verifies it. It stands alone,
 * without Flink and without Kafka, because a verifier needs neither.
 */
package io.millrace.archive;
