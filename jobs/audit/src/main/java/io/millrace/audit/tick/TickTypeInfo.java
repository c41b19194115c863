package io.millrace.audit.tick;

import io.millrace.common.type.ValueTypeInfo;
import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** Tells Flink to serialize {@link Tick} with {@link TickSerializer}. */
public final class TickTypeInfo extends ValueTypeInfo<Tick> {

    private static final long serialVersionUID = 1L;

    public static final TickTypeInfo INSTANCE = new TickTypeInfo();

    private TickTypeInfo() {
        super(Tick.class, TickSerializer.INSTANCE);
    }

    /** Found by Flink through {@code @TypeInfo} on {@link Tick}. */
    public static final class Factory extends TypeInfoFactory<Tick> {
        @Override
        public TypeInformation<Tick> createTypeInfo(Type type, Map<String, TypeInformation<?>> parameters) {
            return INSTANCE;
        }
    }
}
