package io.millrace.analytics.model;

import io.millrace.analytics.event.Request;
import io.millrace.analytics.event.RequestSerializer;
import io.millrace.analytics.window.Bundle;
import io.millrace.analytics.window.BundleSerializer;
import io.millrace.common.type.ValueTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** Binary form of bundles of {@link Request}. */
public final class RequestBundles extends BundleSerializer<Request> {

    private static final long serialVersionUID = 1L;

    public static final RequestBundles INSTANCE = new RequestBundles();

    @SuppressWarnings("unchecked") // a class says nothing of its parameters
    public static final TypeInformation<Bundle<Request>> TYPE =
            new ValueTypeInfo<>((Class<Bundle<Request>>) (Class<?>) Bundle.class, INSTANCE) {};

    private RequestBundles() {
        super(RequestSerializer.INSTANCE);
    }

    @Override
    public TypeSerializerSnapshot<Bundle<Request>> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Written into checkpoints with bundles in flight; restored by name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Bundle<Request>> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
