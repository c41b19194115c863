package io.millrace.analytics.parse;

/**
 * Where the record of an event stands.
 *
 * @param timestamp that of the Kafka record, in epoch milliseconds; negative for none
 */
record Place(int partition, long offset, long timestamp) {}
