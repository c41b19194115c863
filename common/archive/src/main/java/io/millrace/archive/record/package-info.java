/** From what Kafka had to what the archive stores, and back. */
package io.millrace.archive.record;
