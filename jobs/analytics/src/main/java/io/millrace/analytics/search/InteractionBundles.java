package io.millrace.analytics.search;

import io.millrace.analytics.window.Bundle;
import io.millrace.analytics.window.BundleSerializer;
import io.millrace.common.type.ValueTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** Binary form of bundles of {@link Interaction}. */
public final class InteractionBundles extends BundleSerializer<Interaction> {

    private static final long serialVersionUID = 1L;

    public static final InteractionBundles INSTANCE = new InteractionBundles();

    @SuppressWarnings("unchecked") // a class says nothing of its parameters
    public static final TypeInformation<Bundle<Interaction>> TYPE =
            new ValueTypeInfo<>((Class<Bundle<Interaction>>) (Class<?>) Bundle.class, INSTANCE) {};

    private InteractionBundles() {
        super(InteractionSerializer.INSTANCE);
    }

    @Override
    public TypeSerializerSnapshot<Bundle<Interaction>> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Written into checkpoints with bundles in flight; restored by name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Bundle<Interaction>> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
