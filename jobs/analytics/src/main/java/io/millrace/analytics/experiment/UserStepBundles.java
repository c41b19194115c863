package io.millrace.analytics.experiment;

import io.millrace.analytics.window.Bundle;
import io.millrace.analytics.window.BundleSerializer;
import io.millrace.common.type.ValueTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** Binary form of bundles of {@link UserStep}. */
public final class UserStepBundles extends BundleSerializer<UserStep> {

    private static final long serialVersionUID = 1L;

    public static final UserStepBundles INSTANCE = new UserStepBundles();

    @SuppressWarnings("unchecked") // a class says nothing of its parameters
    public static final TypeInformation<Bundle<UserStep>> TYPE =
            new ValueTypeInfo<>((Class<Bundle<UserStep>>) (Class<?>) Bundle.class, INSTANCE) {};

    private UserStepBundles() {
        super(UserStepSerializer.INSTANCE);
    }

    @Override
    public TypeSerializerSnapshot<Bundle<UserStep>> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Written into checkpoints with bundles in flight; restored by name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Bundle<UserStep>> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
