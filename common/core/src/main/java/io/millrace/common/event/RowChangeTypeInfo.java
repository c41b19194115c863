package io.millrace.common.event;

import io.millrace.common.type.ValueTypeInfo;
import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** Tells Flink to serialize {@link RowChange} with {@link RowChangeSerializer}. */
public final class RowChangeTypeInfo extends ValueTypeInfo<RowChange> {

    private static final long serialVersionUID = 1L;

    public static final RowChangeTypeInfo INSTANCE = new RowChangeTypeInfo();

    private RowChangeTypeInfo() {
        super(RowChange.class, RowChangeSerializer.INSTANCE);
    }

    /** Found by Flink through {@code @TypeInfo} on {@link RowChange}. */
    public static final class Factory extends TypeInfoFactory<RowChange> {
        @Override
        public TypeInformation<RowChange> createTypeInfo(Type type, Map<String, TypeInformation<?>> parameters) {
            return INSTANCE;
        }
    }
}
