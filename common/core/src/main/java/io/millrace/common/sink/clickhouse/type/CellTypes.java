package io.millrace.common.sink.clickhouse.type;

import io.millrace.common.serde.Column;
import io.millrace.common.serde.ValueEncoding;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which type of ClickHouse's a column gets, and which one a text names. */
public final class CellTypes {

    private static final Pattern DECIMAL = Pattern.compile("Decimal\\((\\d{1,2}), ?(\\d{1,2})\\)");
    private static final Pattern TIMESTAMP = Pattern.compile("DateTime64\\((\\d)(?:, ?'UTC')?\\)");
    private static final Pattern INTEGER = Pattern.compile("Int(8|16|32|64)");
    private static final Pattern FLOAT = Pattern.compile("Float(32|64)");
    private static final Pattern WRAPPED = Pattern.compile("(Nullable|Array|LowCardinality)\\((.*)\\)");

    /** As many as 16 bytes hold. */
    private static final int KEY_DIGITS = 38;

    private static final int MICROS = 6;
    private static final int NANOS = 9;

    private CellTypes() {}

    /**
     * Returns the type that holds every value of a column exactly, or refuses it.
     *
     * @param nullable whether it holds null as well; a list cannot
     */
    public static CellType of(Column column, boolean nullable) {
        return nullable ? nullable(value(column)) : value(column);
    }

    /** Returns the type of a column of a table's sorting key, which can never be changed: numbers get room to grow. */
    public static CellType ofKey(Column column) {
        CellType type = value(column);
        if (type instanceof DecimalType number) {
            return new DecimalType(Math.max(KEY_DIGITS, number.precision()), number.scale());
        }
        return type instanceof IntegerType ? new IntegerType(64) : type;
    }

    /** Returns the type that a column has to have for the values of both; the one that it has if there is none. */
    public static CellType widen(CellType has, CellType wanted) {
        CellType plain = plain(has).widened(plain(wanted));
        boolean nullable = has instanceof NullableType || wanted instanceof NullableType;
        return nullable ? nullable(plain) : plain;
    }

    /** Returns the type that also holds null; a list cannot. */
    public static CellType nullable(CellType type) {
        return type instanceof NullableType || type instanceof ArrayType ? type : new NullableType(type);
    }

    private static CellType plain(CellType type) {
        return type instanceof NullableType nullable ? nullable.value() : type;
    }

    private static CellType value(Column column) {
        return switch (column.kind()) {
            case INTEGER -> new IntegerType(Integer.parseInt(column.type().substring("int".length())));
            case FLOAT ->
                new FloatType(column.type().equals("float") || column.type().equals("float32") ? 32 : 64);
            case DECIMAL -> decimal(column);
            case BOOLEAN -> new BooleanType();
            case KEYWORD -> keyword(column);
            case DATE -> new DateType();
            case TIMESTAMP, TIMESTAMP_TZ ->
                new TimestampType(column.encoding() == ValueEncoding.TIMESTAMP_NANOS ? NANOS : MICROS);
            case ARRAY -> new ArrayType(of(Objects.requireNonNull(column.items()), true));
            case TEXT, JSON, BYTES, TIME, OTHER -> new StringType(false);
        };
    }

    /** A number whose declaration names no digits can have any number of them, and be NaN. */
    private static CellType decimal(Column column) {
        int scale = column.encoding() == ValueEncoding.DECIMAL_BYTES ? column.size() : column.sourceScale();
        int digits = column.sourceLength();
        return digits >= 1 && digits <= DecimalType.MOST_DIGITS && scale >= 0 && scale <= digits
                ? new DecimalType(digits, scale)
                : new StringType(false);
    }

    private static CellType keyword(Column column) {
        String semantic = String.valueOf(column.semantic());
        return switch (semantic) {
            case "io.debezium.data.Uuid" -> new UuidType();
            case "io.debezium.data.Enum" -> new StringType(true);
            default -> new StringType(false);
        };
    }

    /** Returns the type that ClickHouse writes like this; empty if rows cannot be written as one of it. */
    public static Optional<CellType> parse(String ddl) {
        Matcher wrapped = WRAPPED.matcher(ddl);
        if (wrapped.matches()) {
            return wrapped(wrapped.group(1), wrapped.group(2));
        }
        Matcher match = INTEGER.matcher(ddl);
        if (match.matches()) {
            return Optional.of(new IntegerType(Integer.parseInt(match.group(1))));
        }
        match = FLOAT.matcher(ddl);
        if (match.matches()) {
            return Optional.of(new FloatType(Integer.parseInt(match.group(1))));
        }
        match = DECIMAL.matcher(ddl);
        if (match.matches()) {
            return decimal(Integer.parseInt(match.group(1)), Integer.parseInt(match.group(2)));
        }
        match = TIMESTAMP.matcher(ddl);
        if (match.matches()) {
            return Optional.of(new TimestampType(Integer.parseInt(match.group(1))));
        }
        return switch (ddl) {
            case "Bool" -> Optional.of(new BooleanType());
            case "String" -> Optional.of(new StringType(false));
            case "UUID" -> Optional.of(new UuidType());
            case "Date32" -> Optional.of(new DateType());
            default -> Optional.empty();
        };
    }

    private static Optional<CellType> decimal(int digits, int scale) {
        return digits >= 1 && digits <= DecimalType.MOST_DIGITS && scale <= digits
                ? Optional.of(new DecimalType(digits, scale))
                : Optional.empty();
    }

    private static Optional<CellType> wrapped(String wrapper, String inner) {
        return switch (wrapper) {
            case "Nullable" ->
                parse(inner)
                        .filter(type -> !(type instanceof ArrayType || type instanceof NullableType))
                        .map(NullableType::new);
            case "Array" ->
                parse(inner).filter(type -> !(type instanceof ArrayType)).map(ArrayType::new);
            default ->
                switch (inner) {
                    case "String" -> Optional.of(new StringType(true));
                    case "Nullable(String)" -> Optional.of(new NullableType(new StringType(true)));
                    default -> Optional.empty();
                };
        };
    }
}
