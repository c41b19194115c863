package io.millrace.common.serde.declared;

import java.io.Serializable;

/**
 * How the writer of a topic writes values, which the bytes do not tell.
 *
 * @param own whether the writer is a capture of this project, which writes what Debezium has no exact form for as
 *     Postgres' text
 */
public record Dialect(DecimalHandling decimals, TimePrecision times, boolean own) implements Serializable {

    /** That of a topic which a capture of this project wrote: whose records have our versions. */
    public static final Dialect OWN = new Dialect(DecimalHandling.STRING, TimePrecision.ADAPTIVE, true);

    /** Debezium's, as it is unless it is told otherwise. */
    public static final Dialect DEFAULT = debezium(DecimalHandling.PRECISE, TimePrecision.ADAPTIVE);

    public static Dialect debezium(DecimalHandling decimals, TimePrecision times) {
        return new Dialect(decimals, times, false);
    }
}
