package io.millrace.archive.expire;

import static io.millrace.archive.sample.SampleArchive.MONDAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.archive.bytes.Hash;
import io.millrace.archive.chain.Chain;
import io.millrace.archive.chain.ChainId;
import io.millrace.archive.chain.Entry;
import io.millrace.archive.chain.Position;
import io.millrace.archive.crypt.Hold;
import io.millrace.archive.crypt.Subject;
import io.millrace.archive.digest.SealedFile;
import io.millrace.archive.record.RawRecord;
import io.millrace.archive.record.ReadEvent;
import io.millrace.archive.record.RecordCipher;
import io.millrace.archive.record.StoredRecord;
import io.millrace.archive.sample.MemoryKeys;
import io.millrace.archive.sample.SampleArchive;
import io.millrace.archive.sample.TestKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hold for a person keeps the days that have a record about the person, and no others. */
class HeldDayTest {

    private static final Subject ANNA = Subject.person("anna");
    private static final Subject BERT = Subject.person("bert");
    private static final ChainId CHAIN = SampleArchive.chain(0);

    @TempDir
    Path root;

    private final TestKeys keys = TestKeys.make();
    private final MemoryKeys store = new MemoryKeys();
    private final List<DueDay> due = new ArrayList<>();
    private SampleArchive archive;

    @BeforeEach
    void write() throws IOException {
        archive = new SampleArchive(root);
        Chain chain = new Chain(CHAIN);
        List<Entry> monday = List.of(entry(chain, 1, List.of(BERT), chain.genesis()));
        List<Entry> more =
                List.of(entry(chain, 2, List.of(ANNA, BERT), monday.get(0).hash()));
        due.add(due(monday));
        due.add(due(more));
    }

    private DueDay due(List<Entry> rows) {
        SealedFile file = archive.write(0, MONDAY, rows);
        var digest = SampleArchive.whole(root.resolve("other"), keys.signingKey())
                .seal(0, MONDAY.plusDays(3), keys.signingKey());
        return new DueDay(digest, digest, List.of(file), false);
    }

    private Entry entry(Chain chain, long offset, List<Subject> subjects, Hash previous) throws IOException {
        long timestamp = MONDAY.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
        RawRecord raw = new RawRecord(
                new Position(CHAIN, offset), timestamp, null, List.of(), "{}".getBytes(StandardCharsets.UTF_8));
        StoredRecord stored = new RecordCipher(store).encrypt(raw, ReadEvent.malformed(subjects));
        return chain.entry(offset, timestamp, stored.content(), stored.fields(), previous);
    }

    private Hold hold(Subject person) {
        UUID key = store.keyFor(person, new Position(CHAIN, 1)).orElseThrow().id();
        return new Hold(1, null, null, false, Set.of(key));
    }

    @Test
    void findsThePersonAlsoAmongSeveral() throws IOException {
        Expirer expirer = new Expirer(archive.folder(), null, keys.publicKeys(), 1, Instant::now);

        assertThat(expirer.heldBy(due.get(0), List.of(hold(ANNA)))).isEmpty();
        assertThat(expirer.heldBy(due.get(1), List.of(hold(ANNA)))).hasValue(hold(ANNA));
        assertThat(expirer.heldBy(due.get(0), List.of(hold(ANNA), hold(BERT)))).hasValue(hold(BERT));
        assertThat(expirer.heldBy(due.get(1), List.of(hold(Subject.person("carl")))))
                .isEmpty();
    }

    @Test
    void aPersonWithoutAKeyHasNoRecordToKeep() throws IOException {
        Expirer expirer = new Expirer(archive.folder(), null, keys.publicKeys(), 1, Instant::now);

        assertThat(expirer.heldBy(due.get(0), List.of(new Hold(1, null, null, false, Set.of()))))
                .isEmpty();
    }

    @Test
    void aHoldOfAPersonAndDaysKeepsNoOtherDays() throws IOException {
        Expirer expirer = new Expirer(archive.folder(), null, keys.publicKeys(), 1, Instant::now);
        Hold ofMonday = new Hold(1, MONDAY, MONDAY, false, hold(BERT).keys());

        // the digest says Thursday
        assertThat(expirer.heldBy(due.get(0), List.of(ofMonday))).isEmpty();
    }
}
