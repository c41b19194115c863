package io.millrace.archive.expire;

import static io.millrace.archive.sample.SampleArchive.MONDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.archive.crypt.Hold;
import io.millrace.archive.digest.Digest;
import io.millrace.archive.digest.Expiry;
import io.millrace.archive.file.LocalFolder;
import io.millrace.archive.sample.SampleArchive;
import io.millrace.archive.sample.TestKeys;
import io.millrace.archive.verify.Report;
import io.millrace.archive.verify.Verifier;
import io.millrace.archive.verify.VerifyOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sealed days that are old enough are removed, and no others. */
class ExpirerTest {

    private static final LocalDate TUESDAY = MONDAY.plusDays(1);
    private static final LocalDate WEDNESDAY = MONDAY.plusDays(2);
    private static final String NEXT_MONDAY = "2026-03-09T01:00:00Z";

    @TempDir
    Path root;

    @TempDir
    Path witness;

    private final TestKeys keys = TestKeys.make();
    private SampleArchive archive;

    @BeforeEach
    void write() {
        archive = SampleArchive.whole(root, keys.signingKey());
    }

    private Expirer expirer(int keptDays, String now) {
        return new Expirer(
                archive.folder(), new LocalFolder(witness), keys.publicKeys(), keptDays, () -> Instant.parse(now));
    }

    private void expire(int keptDays) throws IOException {
        Expirer expirer = expirer(keptDays, NEXT_MONDAY);
        for (DueDay due : expirer.due()) {
            assertThat(expirer.remove(due, List.of(), keys.signingKey())).isEmpty();
        }
    }

    private Report verify() throws IOException {
        return Verifier.verify(archive.folder(), keys.publicKeys(), VerifyOptions.EVERYTHING);
    }

    private static List<String> days(List<DueDay> due) {
        return due.stream()
                .map(day ->
                        day.digest().chain().partition() + " " + day.digest().day())
                .toList();
    }

    @Test
    void removesWhatIsOldEnoughAndTheRestStillVerifies() throws IOException {
        assertThat(days(expirer(1, NEXT_MONDAY).due())).containsExactly("0 2026-03-02", "0 2026-03-03", "1 2026-03-02");

        expire(1);

        Report report = verify();
        assertThat(report.findings()).isEmpty();
        assertThat(report.expired()).isEqualTo(7 * 3);
        assertThat(report.sealed()).isEqualTo(7 * 2);
        assertThat(report.chained()).isEqualTo(2 * 2);
        assertThat(archive.files(0, MONDAY)).isEmpty();
        assertThat(archive.files(0, TUESDAY)).isEmpty();
        assertThat(archive.files(1, MONDAY)).isEmpty();
        assertThat(archive.files(0, WEDNESDAY)).hasSize(2);
        assertThat(archive.folder().has(Digest.name(MONDAY, 0))).isTrue();
        assertThat(expirer(1, NEXT_MONDAY).due()).isEmpty();
    }

    @Test
    void saysWhatItRemovesAtTheWitnessToo() throws IOException {
        expire(2);

        VerifyOptions options = new VerifyOptions(null, null, null, new LocalFolder(witness));
        assertThat(Verifier.verify(archive.folder(), keys.publicKeys(), options).findings())
                .isEmpty();
        assertThat(new LocalFolder(witness).list("")).containsExactly(Expiry.name(MONDAY, 0), Expiry.name(MONDAY, 1));
    }

    @Test
    void goesOnDayByDay() throws IOException {
        expire(2);
        assertThat(days(expirer(1, NEXT_MONDAY).due())).containsExactly("0 2026-03-03");

        expire(1);

        assertThat(verify().findings()).isEmpty();
        assertThat(verify().expired()).isEqualTo(7 * 3);
    }

    @Test
    void aYoungDayStays() throws IOException {
        assertThat(days(expirer(1, "2026-03-03T23:59:59Z").due())).isEmpty();
        assertThat(days(expirer(1, "2026-03-04T00:00:00Z").due())).containsExactly("0 2026-03-02", "1 2026-03-02");
    }

    @Test
    void aClockThatRunsAheadMakesNoDayOld() throws IOException {
        assertThat(expirer(3, "2126-03-04T00:00:00Z").due()).isEmpty();
    }

    @Test
    void aDayThatIsNotSealedStays() throws IOException {
        expire(1);

        assertThat(archive.files(0, MONDAY.plusDays(3))).hasSize(1);
        assertThatThrownBy(() -> expirer(0, NEXT_MONDAY)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aHeldDayStays() throws IOException {
        Expirer expirer = expirer(1, NEXT_MONDAY);
        Hold hold = new Hold(7, TUESDAY, null, true, Set.of());
        for (DueDay due : expirer.due()) {
            assertThat(expirer.remove(due, List.of(hold), keys.signingKey()))
                    .isEqualTo(expirer.heldBy(due, List.of(hold)));
        }

        assertThat(archive.files(0, MONDAY)).isEmpty();
        assertThat(archive.files(0, TUESDAY)).hasSize(2);
        assertThat(archive.folder().has(Expiry.name(TUESDAY, 0))).isFalse();
        assertThat(verify().findings()).isEmpty();
    }

    @Test
    void aHoldOfOtherDaysKeepsNothing() throws IOException {
        Expirer expirer = expirer(1, NEXT_MONDAY);
        Hold before = new Hold(7, null, MONDAY.minusDays(1), true, Set.of());
        Hold after = new Hold(8, WEDNESDAY, null, true, Set.of());

        for (DueDay due : expirer.due()) {
            assertThat(expirer.heldBy(due, List.of(before, after))).isEmpty();
        }
    }

    @Test
    void aFileThatWasTamperedWithStaysAsEvidence() throws IOException {
        String name = archive.files(0, MONDAY).get(1);
        byte[] bytes = archive.bytes(name);
        bytes[40] ^= 1;
        archive.put(name, bytes);
        Expirer expirer = expirer(2, NEXT_MONDAY);
        DueDay due = expirer.due().get(0);

        assertThatThrownBy(() -> expirer.remove(due, List.of(), keys.signingKey()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(name + " is not the file that was sealed");
        assertThat(archive.files(0, MONDAY)).hasSize(2);
        assertThat(archive.folder().has(Expiry.name(MONDAY, 0))).isFalse();
    }

    @Test
    void nothingIsRemovedWhereDigestsDoNotVerify() {
        archive.remove(Digest.name(TUESDAY, 1));

        assertThatThrownBy(() -> expirer(1, NEXT_MONDAY).due())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not verify")
                .hasMessageContaining(Digest.name(WEDNESDAY, 1));
    }

    @Test
    void aStatementThatDoesNotHoldRemovesNothing() throws IOException {
        SampleArchive foreign =
                SampleArchive.whole(witness.resolve("foreign"), TestKeys.make().signingKey());
        archive.put(Expiry.name(MONDAY, 0), foreign.bytes(Digest.name(MONDAY, 0)));
        Expirer expirer = expirer(2, NEXT_MONDAY);
        DueDay due = expirer.due().get(0);

        assertThatThrownBy(() -> expirer.remove(due, List.of(), keys.signingKey()))
                .isInstanceOf(IOException.class);
        assertThat(archive.files(0, MONDAY)).hasSize(2);
    }
}
