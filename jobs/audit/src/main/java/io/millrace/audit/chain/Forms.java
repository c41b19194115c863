package io.millrace.audit.chain;

import io.millrace.archive.bytes.Hash;
import io.millrace.common.type.Binary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** Binary forms of what several serializers write. */
public final class Forms {

    /** No day that can be written: there is none. */
    private static final long NO_DAY = Long.MIN_VALUE;

    private Forms() {}

    public static void writeHash(Hash hash, DataOutputView out) throws IOException {
        out.write(hash.bytes());
    }

    public static Hash readHash(DataInputView in) throws IOException {
        byte[] bytes = new byte[Hash.LENGTH];
        in.readFully(bytes);
        return Hash.of(bytes);
    }

    public static void writeDay(@Nullable LocalDate day, DataOutputView out) throws IOException {
        out.writeLong(day == null ? NO_DAY : day.toEpochDay());
    }

    public static @Nullable LocalDate readDay(DataInputView in) throws IOException {
        long day = in.readLong();
        return day == NO_DAY ? null : LocalDate.ofEpochDay(day);
    }

    /** A text may be longer than Java's own form of texts lets it be. */
    public static void writeText(@Nullable String text, DataOutputView out) throws IOException {
        Binary.writeBytes(text == null ? null : text.getBytes(StandardCharsets.UTF_8), out);
    }

    public static @Nullable String readText(DataInputView in) throws IOException {
        byte[] bytes = Binary.readNullableBytes(in);
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }
}
