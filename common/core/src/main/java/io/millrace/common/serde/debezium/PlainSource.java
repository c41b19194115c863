package io.millrace.common.serde.debezium;

import io.millrace.common.event.SourcePosition;
import io.millrace.common.replay.Version;
import io.millrace.common.serde.PlainJson;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads a plain {@code source} without a parser: what {@link SourceBlock} reads, in the same words. */
final class PlainSource {

    private static final byte[] SCHEMA = PlainJson.field("schema");
    private static final byte[] TABLE = PlainJson.field("table");
    private static final byte[] LSN = PlainJson.field("lsn");
    private static final byte[] SEQUENCE = PlainJson.field("sequence");
    private static final byte[] TIME = PlainJson.field("ts_ms");
    private static final byte[] SNAPSHOT = PlainJson.field("snapshot");
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE_TEXT = "\"false\"".getBytes(StandardCharsets.US_ASCII);

    /** What stands before and behind the first position of a sequence. */
    private static final byte[] SEQUENCE_BEGINS = "\"[\\\"".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] NO_SEQUENCE = "\"[null,".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SEQUENCE_GOES_ON = "\\\",".getBytes(StandardCharsets.US_ASCII);

    private final byte[] json;
    private @Nullable String schema;
    private @Nullable String table;
    private long lsn;
    private long previousCommit;
    private long time;
    private boolean snapshot;

    private PlainSource(byte[] json) {
        this.json = json;
    }

    /** Returns null if the block is not plain, or anything is wrong with it. */
    static @Nullable SourceBlock read(byte[] block) {
        PlainSource source = new PlainSource(block);
        if (!PlainJson.takeFields(block, 0, block.length, source::take)
                || source.schema == null
                || source.table == null) {
            return null;
        }
        SourcePosition position =
                new SourcePosition(source.lsn, source.previousCommit, source.time, source.snapshot, block);
        return new SourceBlock(source.schema + "." + source.table, position);
    }

    /** Returns false if the field cannot have this value. */
    private boolean take(int name, int value, int end) {
        if (PlainJson.is(json, name, value, SCHEMA)) {
            schema = text(value, end);
            return schema != null;
        } else if (PlainJson.is(json, name, value, TABLE)) {
            table = text(value, end);
            return table != null;
        } else if (PlainJson.is(json, name, value, LSN)) {
            lsn = number(value, end);
            return isPosition(lsn);
        } else if (PlainJson.is(json, name, value, SEQUENCE)) {
            previousCommit = previousCommit(value, end);
            return isPosition(previousCommit);
        } else if (PlainJson.is(json, name, value, TIME)) {
            time = number(value, end);
            return time >= 0;
        } else if (PlainJson.is(json, name, value, SNAPSHOT)) {
            snapshot = isSnapshot(value, end);
            return "tfn\"".indexOf(json[value]) >= 0;
        }
        return true;
    }

    private static boolean isPosition(long number) {
        return number >= 0 && number < Version.MAX_POSITION;
    }

    private @Nullable String text(int from, int end) {
        return PlainJson.isUnescaped(json, from, end)
                ? new String(json, from + 1, end - from - 2, StandardCharsets.UTF_8)
                : null;
    }

    /** Returns -1 for what is no whole number from 0; null counts as 0. */
    private long number(int from, int end) {
        if (PlainJson.isNull(json, from, end)) {
            return 0;
        }
        return PlainJson.isLong(json, from, end) ? PlainJson.number(json, from, end) : -1;
    }

    /** Reads the first of {@code "[\"<last commit>\",\"<lsn>\"]"}, where null stands for none. */
    private long previousCommit(int from, int end) {
        int first = from + SEQUENCE_BEGINS.length;
        if (PlainJson.isNull(json, from, end) || startsWith(from, end, NO_SEQUENCE)) {
            return 0;
        }
        int last = first;
        while (last < end && json[last] != '\\') {
            last++;
        }
        return startsWith(from, end, SEQUENCE_BEGINS) && startsWith(last, end, SEQUENCE_GOES_ON)
                ? number(first, last)
                : -1;
    }

    private boolean startsWith(int from, int end, byte[] expected) {
        int to = from + expected.length;
        return to <= end && PlainJson.is(json, from, to, expected);
    }

    private boolean isSnapshot(int from, int end) {
        return !PlainJson.isNull(json, from, end)
                && !PlainJson.is(json, from, end, FALSE)
                && !PlainJson.is(json, from, end, FALSE_TEXT);
    }
}
