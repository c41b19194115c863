package io.millrace.audit.write;

import io.millrace.common.type.ValueTypeInfo;
import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** Tells Flink to serialize {@link Pending} with {@link PendingSerializer}. */
public final class PendingTypeInfo extends ValueTypeInfo<Pending> {

    private static final long serialVersionUID = 1L;

    public static final PendingTypeInfo INSTANCE = new PendingTypeInfo();

    private PendingTypeInfo() {
        super(Pending.class, PendingSerializer.INSTANCE);
    }

    /** Found by Flink through {@code @TypeInfo} on {@link Pending}. */
    public static final class Factory extends TypeInfoFactory<Pending> {
        @Override
        public TypeInformation<Pending> createTypeInfo(Type type, Map<String, TypeInformation<?>> parameters) {
            return INSTANCE;
        }
    }
}
