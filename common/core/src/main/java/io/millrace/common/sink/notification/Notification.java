package io.millrace.common.sink.notification;

import io.millrace.common.effect.SideEffect;
import io.millrace.common.event.ConsumedRecord;
import io.millrace.common.replay.Fence;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * What somebody is told about a changed row. Arrays are shared, never copied, and must not be written to.
 *
 * @param table schema and name, as {@code public.users}
 * @param event the name that receivers listen to, as {@code profile-updated}
 * @param namespace of Socket.IO, as {@code /}
 * @param room of Socket.IO, as {@code user:1}; null if the route has none
 * @param key the row's key as a JSON object
 * @param data what the event carries, a JSON object in UTF-8
 * @param commitTime epoch milliseconds of the change; 0 if unknown
 * @param origin where in Kafka the change was read; null if it was captured from Postgres by this job
 */
@TypeInfo(NotificationTypeInfo.Factory.class)
public record Notification(
        String table,
        String event,
        String namespace,
        @Nullable String room,
        byte[] key,
        byte[] data,
        long commitTime,
        @Nullable Origin origin)
        implements SideEffect {

    /** The place of a record in Kafka. */
    public record Origin(String topic, int partition, long offset) {

        /** Returns the place of a record, or null for none. */
        public static @Nullable Origin of(@Nullable ConsumedRecord record) {
            return record == null ? null : new Origin(record.topic(), record.partition(), record.offset());
        }
    }

    @Override
    public boolean isBehind(Fence fence) {
        return origin != null && fence.isBehind(origin.topic(), origin.partition(), origin.offset());
    }
}
