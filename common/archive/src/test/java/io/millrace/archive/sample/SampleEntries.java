package io.millrace.archive.sample;

import io.millrace.archive.bytes.Hash;
import io.millrace.archive.chain.Chain;
import io.millrace.archive.chain.ChainId;
import io.millrace.archive.chain.Content;
import io.millrace.archive.chain.Entry;
import io.millrace.archive.chain.Fields;
import io.millrace.archive.chain.Kind;
import io.millrace.archive.crypt.StoredForm;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Entries as an archive holds them: events, some malformed, some without a key, offsets with holes. */
public final class SampleEntries {

    private final Random random;
    private final Chain chain;
    private long offset;
    private Hash hash;

    public SampleEntries(ChainId id, long seed) {
        this.random = new Random(seed);
        this.chain = new Chain(id);
        this.hash = chain.genesis();
    }

    /** Returns the next entries of a day. */
    public List<Entry> next(LocalDate day, int count) {
        List<Entry> entries = new ArrayList<>();
        long midnight = day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
        for (int i = 0; i < count; i++) {
            offset += 1 + (random.nextInt(4) == 0 ? random.nextInt(3) : 0);
            Entry entry = chain.entry(offset, midnight + 1_000L * i, content(), fields(), hash);
            hash = entry.hash();
            entries.add(entry);
        }
        return entries;
    }

    private Content content() {
        byte[] key = random.nextInt(5) == 0 ? null : stored("user-" + random.nextInt(9));
        byte[] value =
                random.nextInt(9) == 0 ? null : stored("{\"eventType\":\"READ\",\"n\":" + random.nextInt() + "}");
        return new Content(key, stored("headers"), value);
    }

    private static byte[] stored(String text) {
        return new StoredForm.Clear(text.getBytes(StandardCharsets.UTF_8)).toBytes();
    }

    private Fields fields() {
        if (random.nextInt(6) == 0) {
            return Fields.none(Kind.MALFORMED);
        }
        return new Fields(
                Kind.EVENT,
                random.nextBoolean() ? random.nextLong() >>> 20 : null,
                "e" + random.nextInt(1000),
                "DOCUMENT_READ",
                "~eAQE",
                random.nextBoolean() ? null : "Zoë-" + random.nextInt(9),
                "document-" + random.nextInt(99),
                random.nextInt(3) == 0 ? null : "{\"ip\":\"~x\"}");
    }
}
