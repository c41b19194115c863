package io.millrace.common.sink.clickhouse.type;

import com.fasterxml.jackson.core.JsonParser;
import io.millrace.common.failure.DataException;
import io.millrace.common.serde.Column;
import io.millrace.common.serde.ValueReader;
import java.io.IOException;

/** A type of ClickHouse's: how a value of a row becomes one of it. */
public interface CellType {

    /** Returns the type as ClickHouse writes it, such as {@code Nullable(Int32)}. */
    String ddl();

    /**
     * Appends the value that the row stands at.
     *
     * @param column what the row's schema says of it
     * @throws DataException if the type cannot hold the value exactly
     */
    void write(JsonParser row, Column column, ValueReader values, RowBinary out) throws IOException, DataException;

    /**
     * Appends a plain value without a parser.
     *
     * @param from where in the row it begins
     * @param to where it ends
     * @return false if this is not known to do the same as {@link #write}, or that would throw; nothing is appended then
     */
    default boolean writePlain(byte[] row, int from, int to, Column column, RowBinary out) {
        return false;
    }

    /** Tells whether a value may be null. */
    default boolean takesNull() {
        return false;
    }

    /** Appends what stands for a value that is not there. */
    void writeDefault(RowBinary out);

    /** Tells whether every value of another type is one of this, too, so that a column can be changed to it. */
    default boolean holdsAll(CellType other) {
        return equals(other);
    }

    /**
     * Returns the type that a column of this one is changed to so that it holds the values of another, too; this one if
     * there is none, and then it takes those values that fit.
     */
    default CellType widened(CellType wanted) {
        return holdsAll(wanted) || !wanted.holdsAll(this) ? this : wanted;
    }

    /** Returns the error of a value that this type cannot hold. */
    default DataException cannotHold(Column column, String why) {
        return new DataException("column \"" + column.name() + "\" " + why + ", which " + ddl()
                + " in ClickHouse cannot hold; give the column another type under `types` of its route, as String, and"
                + " change the table to it");
    }
}
