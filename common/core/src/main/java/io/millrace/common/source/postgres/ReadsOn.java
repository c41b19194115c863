package io.millrace.common.source.postgres;

import org.apache.flink.api.connector.source.SourceEvent;

/**
 * A reader reads on although a checkpoint is complete: it does not stop with it.
 *
 * @param checkpoint the one that is complete
 */
record ReadsOn(long checkpoint) implements SourceEvent {}
