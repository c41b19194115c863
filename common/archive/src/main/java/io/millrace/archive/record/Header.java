package io.millrace.archive.record;

import org.jspecify.annotations.Nullable;

/** A header of a record in Kafka. */
public record Header(String name, byte @Nullable [] value) {}
