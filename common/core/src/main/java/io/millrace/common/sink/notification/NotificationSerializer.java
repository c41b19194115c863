package io.millrace.common.sink.notification;

import io.millrace.common.sink.notification.Notification.Origin;
import io.millrace.common.type.Binary;
import io.millrace.common.type.ValueSerializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** Binary form of {@link Notification}. */
public final class NotificationSerializer extends ValueSerializer<Notification> {

    private static final long serialVersionUID = 1L;

    public static final NotificationSerializer INSTANCE = new NotificationSerializer();

    @Override
    public Notification createInstance() {
        return new Notification("", "", "/", null, new byte[0], new byte[0], 0, null);
    }

    @Override
    public void serialize(Notification notification, DataOutputView out) throws IOException {
        out.writeUTF(notification.table());
        out.writeUTF(notification.event());
        out.writeUTF(notification.namespace());
        String room = notification.room();
        Binary.writeBytes(room == null ? null : room.getBytes(StandardCharsets.UTF_8), out);
        Binary.writeBytes(notification.key(), out);
        Binary.writeBytes(notification.data(), out);
        out.writeLong(notification.commitTime());
        Origin origin = notification.origin();
        out.writeBoolean(origin != null);
        if (origin != null) {
            out.writeUTF(origin.topic());
            out.writeInt(origin.partition());
            out.writeLong(origin.offset());
        }
    }

    @Override
    public Notification deserialize(DataInputView in) throws IOException {
        return new Notification(
                in.readUTF(),
                in.readUTF(),
                in.readUTF(),
                text(Binary.readNullableBytes(in)),
                Binary.readBytes(in),
                Binary.readBytes(in),
                in.readLong(),
                in.readBoolean() ? new Origin(in.readUTF(), in.readInt(), in.readLong()) : null);
    }

    private static @Nullable String text(byte @Nullable [] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public TypeSerializerSnapshot<Notification> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Written into savepoints; restored by name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Notification> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
