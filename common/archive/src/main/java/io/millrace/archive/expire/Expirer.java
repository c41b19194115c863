package io.millrace.archive.expire;

import io.millrace.archive.crypt.Hold;
import io.millrace.archive.digest.Digest;
import io.millrace.archive.digest.Expiry;
import io.millrace.archive.digest.PublicKeys;
import io.millrace.archive.digest.SealedFile;
import io.millrace.archive.digest.SignedDigest;
import io.millrace.archive.digest.SignedExpiry;
import io.millrace.archive.digest.SigningKey;
import io.millrace.archive.file.ArchiveFile;
import io.millrace.archive.file.ArchiveFolder;
import io.millrace.archive.file.WritableFolder;
import io.millrace.archive.verify.ExpiryRules;
import io.millrace.archive.verify.SealedDays;
import java.io.IOException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Removes whole sealed days. What is removed was said to be, in a signed statement, before; what is not sealed, too young,
 * held, or not what was sealed, stays. Cut off anywhere, it can be done again, and ends the same.
 */
public final class Expirer {

    private static final int LARGEST = 1 << 20;

    private final WritableFolder folder;
    private final @Nullable WritableFolder witness;
    private final PublicKeys keys;
    private final int keptDays;
    private final InstantSource clock;

    /**
     * Makes one for an archive.
     *
     * @param witness the second place that gets what is signed, or null
     * @param keptDays how many whole days records are kept at least; 1 or more
     */
    public Expirer(
            WritableFolder folder,
            @Nullable WritableFolder witness,
            PublicKeys keys,
            int keptDays,
            InstantSource clock) {
        if (keptDays < 1) {
            throw new IllegalArgumentException(keptDays + " days are too few; records are kept for 1 at least");
        }
        this.folder = folder;
        this.witness = witness;
        this.keys = keys;
        this.keptDays = keptDays;
        this.clock = clock;
    }

    /**
     * Returns the days that are old enough and still have files, by partition and day. A day's age is measured by the
     * clock, and by how far its partition is sealed: a clock that runs ahead makes nothing old.
     *
     * @throws IOException if the digests do not verify: then nothing may be removed
     */
    public List<DueDay> due() throws IOException {
        List<DueDay> due = new ArrayList<>();
        for (NavigableMap<LocalDate, SignedDigest> days :
                SealedDays.verified(folder, keys).partitions().values()) {
            Digest last = days.lastEntry().getValue().digest();
            for (SignedDigest signed : days.values()) {
                if (isOld(signed.digest().day(), last)) {
                    day(signed.digest(), last).ifPresent(due::add);
                }
            }
        }
        return due;
    }

    private boolean isOld(LocalDate day, Digest last) {
        LocalDate today = clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
        LocalDate until = day.plusDays(keptDays);
        return today.isAfter(until) && !last.day().isBefore(until);
    }

    private Optional<DueDay> day(Digest digest, Digest last) throws IOException {
        List<SealedFile> files = new ArrayList<>();
        for (SealedFile file : digest.segment().files()) {
            if (folder.has(file.name())) {
                files.add(file);
            }
        }
        String statement = Expiry.name(digest.day(), digest.chain().partition());
        return files.isEmpty() ? Optional.empty() : Optional.of(new DueDay(digest, last, files, folder.has(statement)));
    }

    /** Returns the hold that keeps a day, if one does. */
    public Optional<Hold> heldBy(DueDay due, List<Hold> holds) throws IOException {
        return HeldDay.by(folder, due, holds);
    }

    /**
     * Removes a day. While this goes on, no hold may come that covers it.
     *
     * @param holds all that are in force
     * @param key signs that it is removed
     * @return the hold that kept it; nothing if it is removed
     * @throws IOException if a file is not the one that was sealed, a statement that is there does not hold, or a folder
     *     fails; in the last case the same can be asked for again
     */
    public Optional<Hold> remove(DueDay due, List<Hold> holds, SigningKey key) throws IOException {
        for (SealedFile file : due.files()) {
            requireSealed(file);
        }
        Optional<Hold> held = heldBy(due, holds);
        if (held.isPresent()) {
            return held;
        }
        state(due, key);
        for (SealedFile file : due.files()) {
            folder.remove(file.name());
        }
        return Optional.empty();
    }

    /** What was tampered with is evidence. */
    private void requireSealed(SealedFile file) throws IOException {
        try (ArchiveFile open = folder.open(file.name())) {
            if (open.size() != file.size() || !open.sha256().equals(file.sha256())) {
                throw new IOException(file.name() + " is not the file that was sealed, so it is not removed;"
                        + " see what `millrace audit verify` says");
            }
        }
    }

    private void state(DueDay due, SigningKey key) throws IOException {
        String name = Expiry.name(due.digest().day(), due.digest().chain().partition());
        SignedExpiry signed = stated(due, name).orElseGet(() -> key.sign(statement(due, key)));
        if (witness != null && !witness.has(name)) {
            witness.replace(name, signed.toBytes());
        }
        if (!folder.has(name)) {
            folder.replace(name, signed.toBytes());
        }
    }

    /** Returns the statement that is there already: beside the files, or, when a crash fell in between, at the witness. */
    private Optional<SignedExpiry> stated(DueDay due, String name) throws IOException {
        ArchiveFolder from = witness == null || folder.has(name) ? folder : witness;
        if (!from.has(name)) {
            return Optional.empty();
        }
        SignedExpiry signed = SignedExpiry.of(from.read(name, LARGEST));
        Optional<String> problem = problem(due, signed);
        if (problem.isPresent()) {
            throw new IOException(
                    name + " is there and does not hold, so nothing of that day is removed: " + problem.get());
        }
        return Optional.of(signed);
    }

    private Optional<String> problem(DueDay due, SignedExpiry signed) throws IOException {
        var days = SealedDays.verified(folder, keys)
                .partitions()
                .get(due.digest().chain().partition());
        return new ExpiryRules(keys, 1).problem(signed, due.digest().chain(), Objects.requireNonNull(days));
    }

    private Expiry statement(DueDay due, SigningKey key) {
        return new Expiry(
                due.digest().chain(),
                due.digest().day(),
                due.digest().hash(),
                keptDays,
                due.last().day(),
                due.last().hash(),
                key.id(),
                clock.instant().truncatedTo(ChronoUnit.SECONDS));
    }
}
