package io.millrace.analytics.model;

import io.millrace.analytics.event.Action;
import io.millrace.analytics.event.ActionSerializer;
import io.millrace.analytics.window.Bundle;
import io.millrace.analytics.window.BundleSerializer;
import io.millrace.common.type.ValueTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** Binary form of bundles of {@link Action}. */
public final class ActionBundles extends BundleSerializer<Action> {

    private static final long serialVersionUID = 1L;

    public static final ActionBundles INSTANCE = new ActionBundles();

    @SuppressWarnings("unchecked") // a class says nothing of its parameters
    public static final TypeInformation<Bundle<Action>> TYPE =
            new ValueTypeInfo<>((Class<Bundle<Action>>) (Class<?>) Bundle.class, INSTANCE) {};

    private ActionBundles() {
        super(ActionSerializer.INSTANCE);
    }

    @Override
    public TypeSerializerSnapshot<Bundle<Action>> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Written into checkpoints with bundles in flight; restored by name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Bundle<Action>> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
