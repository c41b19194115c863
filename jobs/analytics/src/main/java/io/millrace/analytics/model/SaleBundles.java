package io.millrace.analytics.model;

import io.millrace.analytics.event.Sale;
import io.millrace.analytics.event.SaleSerializer;
import io.millrace.analytics.window.Bundle;
import io.millrace.analytics.window.BundleSerializer;
import io.millrace.common.type.ValueTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** Binary form of bundles of {@link Sale}. */
public final class SaleBundles extends BundleSerializer<Sale> {

    private static final long serialVersionUID = 1L;

    public static final SaleBundles INSTANCE = new SaleBundles();

    @SuppressWarnings("unchecked") // a class says nothing of its parameters
    public static final TypeInformation<Bundle<Sale>> TYPE =
            new ValueTypeInfo<>((Class<Bundle<Sale>>) (Class<?>) Bundle.class, INSTANCE) {};

    private SaleBundles() {
        super(SaleSerializer.INSTANCE);
    }

    @Override
    public TypeSerializerSnapshot<Bundle<Sale>> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Written into checkpoints with bundles in flight; restored by name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Bundle<Sale>> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
