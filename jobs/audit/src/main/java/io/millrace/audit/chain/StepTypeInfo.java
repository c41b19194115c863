package io.millrace.audit.chain;

import io.millrace.common.type.ValueTypeInfo;
import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** Tells Flink to serialize {@link Step} with {@link StepSerializer}. */
public final class StepTypeInfo extends ValueTypeInfo<Step> {

    private static final long serialVersionUID = 1L;

    public static final StepTypeInfo INSTANCE = new StepTypeInfo();

    private StepTypeInfo() {
        super(Step.class, StepSerializer.INSTANCE);
    }

    /** Found by Flink through {@code @TypeInfo} on {@link Step}. */
    public static final class Factory extends TypeInfoFactory<Step> {
        @Override
        public TypeInformation<Step> createTypeInfo(Type type, Map<String, TypeInformation<?>> parameters) {
            return INSTANCE;
        }
    }
}
