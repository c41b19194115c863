package io.millrace.analytics.model;

import io.millrace.analytics.window.Window;
import io.millrace.common.type.ValueSerializer;
import io.millrace.common.type.ValueTypeInfo;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of {@link UserActivity}. */
public final class UserActivitySerializer extends ValueSerializer<UserActivity> {

    private static final long serialVersionUID = 1L;

    static final UserActivitySerializer INSTANCE = new UserActivitySerializer();

    public static final TypeInformation<UserActivity> TYPE = new ValueTypeInfo<>(UserActivity.class, INSTANCE) {};

    @Override
    public UserActivity createInstance() {
        return UserActivity.of(new Window("", 0, 0), new ActivityTally());
    }

    @Override
    public void serialize(UserActivity activity, DataOutputView out) throws IOException {
        StringSerializer.INSTANCE.serialize(activity.userId(), out);
        out.writeLong(activity.window().start());
        out.writeLong(activity.window().end());
        out.writeLong(activity.pageViews());
        out.writeLong(activity.clicks());
        out.writeLong(activity.searches());
        out.writeLong(activity.purchases());
        out.writeLong(activity.events());
        out.writeLong(activity.late());
        activity.latest().writeTo(out);
    }

    @Override
    public UserActivity deserialize(DataInputView in) throws IOException {
        Window window = new Window(StringSerializer.INSTANCE.deserialize(in), in.readLong(), in.readLong());
        return new UserActivity(
                window,
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                LatestPurchase.readFrom(in));
    }

    @Override
    public TypeSerializerSnapshot<UserActivity> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Written into savepoints; restored by name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<UserActivity> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
