package io.millrace.analytics.model;

import io.millrace.analytics.event.Amount;
import io.millrace.analytics.event.AmountSerializer;
import io.millrace.analytics.window.Bundle;
import io.millrace.analytics.window.BundleSerializer;
import io.millrace.common.type.ValueTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** Binary form of bundles of {@link Amount}. */
public final class AmountBundles extends BundleSerializer<Amount> {

    private static final long serialVersionUID = 1L;

    public static final AmountBundles INSTANCE = new AmountBundles();

    @SuppressWarnings("unchecked") // a class says nothing of its parameters
    public static final TypeInformation<Bundle<Amount>> TYPE =
            new ValueTypeInfo<>((Class<Bundle<Amount>>) (Class<?>) Bundle.class, INSTANCE) {};

    private AmountBundles() {
        super(AmountSerializer.INSTANCE);
    }

    @Override
    public TypeSerializerSnapshot<Bundle<Amount>> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Written into checkpoints with bundles in flight; restored by name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Bundle<Amount>> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
