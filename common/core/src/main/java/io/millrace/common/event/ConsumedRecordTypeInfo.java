package io.millrace.common.event;

import io.millrace.common.type.ValueTypeInfo;
import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** Tells Flink to serialize {@link ConsumedRecord} with {@link ConsumedRecordSerializer}. */
public final class ConsumedRecordTypeInfo extends ValueTypeInfo<ConsumedRecord> {

    private static final long serialVersionUID = 1L;

    public static final ConsumedRecordTypeInfo INSTANCE = new ConsumedRecordTypeInfo();

    private ConsumedRecordTypeInfo() {
        super(ConsumedRecord.class, ConsumedRecordSerializer.INSTANCE);
    }

    /** Found by Flink through {@code @TypeInfo} on {@link ConsumedRecord}. */
    public static final class Factory extends TypeInfoFactory<ConsumedRecord> {
        @Override
        public TypeInformation<ConsumedRecord> createTypeInfo(Type type, Map<String, TypeInformation<?>> parameters) {
            return INSTANCE;
        }
    }
}
