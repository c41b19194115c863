package io.millrace.common.failure;

import io.millrace.common.type.ValueTypeInfo;
import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** Tells Flink to serialize {@link DeadLetter} with {@link DeadLetterSerializer}. */
public final class DeadLetterTypeInfo extends ValueTypeInfo<DeadLetter> {

    private static final long serialVersionUID = 1L;

    public static final DeadLetterTypeInfo INSTANCE = new DeadLetterTypeInfo();

    private DeadLetterTypeInfo() {
        super(DeadLetter.class, DeadLetterSerializer.INSTANCE);
    }

    /** Found by Flink through {@code @TypeInfo} on {@link DeadLetter}. */
    public static final class Factory extends TypeInfoFactory<DeadLetter> {
        @Override
        public TypeInformation<DeadLetter> createTypeInfo(Type type, Map<String, TypeInformation<?>> parameters) {
            return INSTANCE;
        }
    }
}
