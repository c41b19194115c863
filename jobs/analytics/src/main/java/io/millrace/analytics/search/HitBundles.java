package io.millrace.analytics.search;

import io.millrace.analytics.window.Bundle;
import io.millrace.analytics.window.BundleSerializer;
import io.millrace.common.type.ValueTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** Binary form of bundles of {@link Hit}. */
public final class HitBundles extends BundleSerializer<Hit> {

    private static final long serialVersionUID = 1L;

    public static final HitBundles INSTANCE = new HitBundles();

    @SuppressWarnings("unchecked") // a class says nothing of its parameters
    public static final TypeInformation<Bundle<Hit>> TYPE =
            new ValueTypeInfo<>((Class<Bundle<Hit>>) (Class<?>) Bundle.class, INSTANCE) {};

    private HitBundles() {
        super(HitSerializer.INSTANCE);
    }

    @Override
    public TypeSerializerSnapshot<Bundle<Hit>> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Written into checkpoints with bundles in flight; restored by name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Bundle<Hit>> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
