package io.millrace.analytics.experiment;

import io.millrace.analytics.window.Bundle;
import io.millrace.analytics.window.BundleSerializer;
import io.millrace.common.type.ValueTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** Binary form of bundles of {@link ExperimentHit}. */
public final class ExperimentHitBundles extends BundleSerializer<ExperimentHit> {

    private static final long serialVersionUID = 1L;

    public static final ExperimentHitBundles INSTANCE = new ExperimentHitBundles();

    @SuppressWarnings("unchecked") // a class says nothing of its parameters
    public static final TypeInformation<Bundle<ExperimentHit>> TYPE =
            new ValueTypeInfo<>((Class<Bundle<ExperimentHit>>) (Class<?>) Bundle.class, INSTANCE) {};

    private ExperimentHitBundles() {
        super(ExperimentHitSerializer.INSTANCE);
    }

    @Override
    public TypeSerializerSnapshot<Bundle<ExperimentHit>> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Written into checkpoints with bundles in flight; restored by name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Bundle<ExperimentHit>> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
