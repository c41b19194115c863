package io.millrace.common.event;

import io.millrace.common.type.ValueTypeInfo;
import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** Tells Flink to serialize {@link ProducedRecord} with {@link ProducedRecordSerializer}. */
public final class ProducedRecordTypeInfo extends ValueTypeInfo<ProducedRecord> {

    private static final long serialVersionUID = 1L;

    public static final ProducedRecordTypeInfo INSTANCE = new ProducedRecordTypeInfo();

    private ProducedRecordTypeInfo() {
        super(ProducedRecord.class, ProducedRecordSerializer.INSTANCE);
    }

    /** Found by Flink through {@code @TypeInfo} on {@link ProducedRecord}. */
    public static final class Factory extends TypeInfoFactory<ProducedRecord> {
        @Override
        public TypeInformation<ProducedRecord> createTypeInfo(Type type, Map<String, TypeInformation<?>> parameters) {
            return INSTANCE;
        }
    }
}
