package io.millrace.shop.audit;

import org.jspecify.annotations.Nullable;

/**
 * A record that tells of something.
 *
 * @param key whom it is about; null for nobody
 * @param eventType what its header says
 * @param correlationId what its header says
 * @param isBroken whether nobody can read an event in it
 */
record TrailRecord(
        @Nullable String key, String eventType, String correlationId, byte @Nullable [] value, boolean isBroken) {}
