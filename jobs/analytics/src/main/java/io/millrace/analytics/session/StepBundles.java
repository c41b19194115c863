package io.millrace.analytics.session;

import io.millrace.analytics.window.Bundle;
import io.millrace.analytics.window.BundleSerializer;
import io.millrace.common.type.ValueTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** Binary form of bundles of {@link Step}. */
public final class StepBundles extends BundleSerializer<Step> {

    private static final long serialVersionUID = 1L;

    public static final StepBundles INSTANCE = new StepBundles();

    @SuppressWarnings("unchecked") // a class says nothing of its parameters
    public static final TypeInformation<Bundle<Step>> TYPE =
            new ValueTypeInfo<>((Class<Bundle<Step>>) (Class<?>) Bundle.class, INSTANCE) {};

    private StepBundles() {
        super(StepSerializer.INSTANCE);
    }

    @Override
    public TypeSerializerSnapshot<Bundle<Step>> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Written into checkpoints with bundles in flight; restored by name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Bundle<Step>> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
