package io.millrace.archive.record;

import io.millrace.archive.chain.Content;
import io.millrace.archive.chain.Fields;

/** A record as the archive stores it, before it has its place in the chain. */
public record StoredRecord(Content content, Fields fields) {}
