package io.millrace.common.sink.redis;

import io.lettuce.core.ScanCursor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of the keys that match a pattern; one may come twice.
 *
 * @param cursor where the next page begins; null after the last page
 * @param connection that the cursor was given on: Redis may be another one on the next
 */
record KeyPage(List<byte[]> keys, @Nullable ScanCursor cursor, Object connection) {}
