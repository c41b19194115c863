package io.millrace.analytics.model;

import io.millrace.analytics.event.Visit;
import io.millrace.analytics.event.VisitSerializer;
import io.millrace.analytics.window.Bundle;
import io.millrace.analytics.window.BundleSerializer;
import io.millrace.common.type.ValueTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** Binary form of bundles of {@link Visit}. */
public final class VisitBundles extends BundleSerializer<Visit> {

    private static final long serialVersionUID = 1L;

    public static final VisitBundles INSTANCE = new VisitBundles();

    @SuppressWarnings("unchecked") // a class says nothing of its parameters
    public static final TypeInformation<Bundle<Visit>> TYPE =
            new ValueTypeInfo<>((Class<Bundle<Visit>>) (Class<?>) Bundle.class, INSTANCE) {};

    private VisitBundles() {
        super(VisitSerializer.INSTANCE);
    }

    @Override
    public TypeSerializerSnapshot<Bundle<Visit>> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Written into checkpoints with bundles in flight; restored by name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Bundle<Visit>> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
