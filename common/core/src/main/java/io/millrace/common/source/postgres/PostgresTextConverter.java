package io.millrace.common.source.postgres;

import io.debezium.connector.postgresql.UnchangedToastedReplicationMessageColumn;
import io.debezium.spi.converter.CustomConverter;
import io.debezium.spi.converter.RelationalColumn;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.jspecify.annotations.Nullable;

/** Found by Debezium by its name: says how arrays and the types that stay text become Connect values. */
public final class PostgresTextConverter implements CustomConverter<SchemaBuilder, RelationalColumn> {

    /** Property: the text that stands for a value which was not sent. */
    static final String PLACEHOLDER = "unavailable";

    private String placeholder = "";

    @Override
    public void configure(Properties properties) {
        placeholder = properties.getProperty(PLACEHOLDER);
    }

    @Override
    public void converterFor(RelationalColumn column, ConverterRegistration<SchemaBuilder> registration) {
        switch (ColumnKind.of(column.nativeType(), column.jdbcType())) {
            case TEXT -> registration.register(SchemaBuilder.string(), value -> text(value, column));
            case ARRAY -> {
                ArrayElements elements = ArrayElements.of(column.nativeType());
                registration.register(SchemaBuilder.array(elements.schema()), value -> array(value, elements, column));
            }
            case TYPED -> {}
        }
    }

    private @Nullable Object text(@Nullable Object value, RelationalColumn column) {
        if (value == UnchangedToastedReplicationMessageColumn.UNCHANGED_TOAST_VALUE) {
            return placeholder;
        }
        if (value == null) {
            return column.isOptional() ? null : "";
        }
        return value.toString();
    }

    private @Nullable Object array(@Nullable Object value, ArrayElements elements, RelationalColumn column) {
        if (value == UnchangedToastedReplicationMessageColumn.UNCHANGED_TOAST_VALUE) {
            return Unchanged.ARRAY;
        }
        if (value instanceof String literal) {
            return elements.parse(literal);
        }
        return column.isOptional() ? null : List.of();
    }
}
