package io.millrace.common.sink.notification;

import io.millrace.common.type.ValueTypeInfo;
import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** Tells Flink to serialize {@link Notification} with {@link NotificationSerializer}. */
public final class NotificationTypeInfo extends ValueTypeInfo<Notification> {

    private static final long serialVersionUID = 1L;

    public static final NotificationTypeInfo INSTANCE = new NotificationTypeInfo();

    private NotificationTypeInfo() {
        super(Notification.class, NotificationSerializer.INSTANCE);
    }

    /** Found by Flink through {@code @TypeInfo} on {@link Notification}. */
    public static final class Factory extends TypeInfoFactory<Notification> {
        @Override
        public TypeInformation<Notification> createTypeInfo(Type type, Map<String, TypeInformation<?>> parameters) {
            return INSTANCE;
        }
    }
}
