package io.millrace.cli.result;

import io.millrace.cli.ClickHouse;
import io.millrace.cli.CommandFailure;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * The rows that one generation of the job wrote, and those that only earlier ones had. A version is
 * {@code generation << 55 | position}: what is taken back gets this generation's with the position 0, which is higher than each
 * of an earlier one and lower than each that this one writes, so that a row which is taken back too early comes again by
 * itself.
 */
final class Generation {

    private static final int POSITION_BITS = 55;

    private final ClickHouse server;
    private final String database;
    private final int number;
    private final long first;
    private final long next;

    Generation(ClickHouse server, String database, int number) {
        this.server = server;
        this.database = database;
        this.number = number;
        this.first = (long) number << POSITION_BITS;
        this.next = (long) (number + 1) << POSITION_BITS;
    }

    /**
     * Returns the span of a table in which this generation tells everything: from the first of its rows, and the length of a
     * window, to the last; empty if it wrote none.
     *
     * @throws CommandFailure if a later generation has written to the table
     */
    Optional<Span> span(ResultTable table) throws IOException {
        String own = "_version >= %d AND _version < %d AND _is_deleted = 0".formatted(first, next);
        long[] cells = numbers("""
                SELECT countIf(_version >= %d), countIf(%s),
                    toUnixTimestamp64Milli(minIf(%s, %s)), toUnixTimestamp64Milli(maxIf(%s, %s))
                FROM %s FORMAT TabSeparated""".formatted(next, own, table.time(), own, table.time(), own, place(table)));
        if (cells[0] > 0) {
            throw new CommandFailure(cells[0] + " row(s) of " + table.name() + " are of a later generation than "
                    + number + "; name the one that wrote last with --generation");
        }
        return cells[1] == 0
                ? Optional.empty()
                : Optional.of(
                        new Span(Instant.ofEpochMilli(cells[2]).plus(table.length()), Instant.ofEpochMilli(cells[3])));
    }

    /** Returns how many current rows of a span are of an earlier generation. */
    long stale(ResultTable table, Span span) throws IOException {
        return numbers("SELECT count() " + from(table, span) + " FORMAT TabSeparated")[0];
    }

    /** Deletes the current rows of a span that are of an earlier generation. */
    void remove(ResultTable table, Span span) throws IOException {
        // a query in a query, because a name in its own WHERE would be what it is replaced by
        server.query("""
                INSERT INTO %s SELECT * REPLACE (toUInt64(%d) AS _version, toUInt8(1) AS _is_deleted)
                FROM (SELECT * %s)""".formatted(place(table), first, from(table, span)));
    }

    private String from(ResultTable table, Span span) {
        return "FROM %s FINAL WHERE _version < %d AND %s >= %s AND %s < %s"
                .formatted(place(table), first, table.time(), moment(span.from()), table.time(), moment(span.until()));
    }

    private static String moment(Instant time) {
        return "fromUnixTimestamp64Milli(" + time.toEpochMilli() + ", 'UTC')";
    }

    private String place(ResultTable table) {
        return "`" + database + "`." + table.name();
    }

    private long[] numbers(String sql) throws IOException {
        return Arrays.stream(server.query(sql).strip().split("\t"))
                .mapToLong(Long::parseLong)
                .toArray();
    }
}
