package io.millrace.archive.manifest;

import io.millrace.archive.bytes.Hash;
import io.millrace.archive.chain.Chain;
import io.millrace.archive.chain.ChainId;
import io.millrace.archive.digest.Digest;
import io.millrace.archive.digest.SealedFile;
import io.millrace.archive.digest.Segment;
import io.millrace.archive.file.FileName;
import io.millrace.archive.json.CanonicalJson;
import io.millrace.archive.json.JsonFields;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A partition's list of what is in the archive and not yet sealed. It is only ever extended: by a file that follows the
 * last one, and by a digest that seals its first day. It is immutable; what extends it returns another.
 *
 * @param sealed null before the first digest
 * @param files those behind it, in the order of their offsets
 */
public record Manifest(ChainId chain, @Nullable SealedHead sealed, List<SealedFile> files) {

    private static final String FORMAT = "millrace-audit-manifest-1";
    private static final Set<String> NAMES = Set.of("format", "archive", "topic", "partition", "sealed", "files");

    /** Copies the files. */
    public Manifest {
        files = List.copyOf(files);
    }

    /** Returns the manifest of a partition of which nothing is archived. */
    public static Manifest empty(ChainId chain) {
        return new Manifest(chain, null, List.of());
    }

    /** Returns the name of a partition's manifest, relative to the archive. */
    public static String name(int partition) {
        return "manifests/" + partition + ".json";
    }

    /** Returns where the chain ends. */
    public Head head() {
        LocalDate open = sealed == null ? null : sealed.day().plusDays(1);
        if (files.isEmpty()) {
            return sealed == null
                    ? new Head(-1, new Chain(chain).genesis(), null)
                    : new Head(sealed.lastOffset(), sealed.lastHash(), open);
        }
        SealedFile last = files.get(files.size() - 1);
        return new Head(last.lastOffset(), last.lastHash(), day(last));
    }

    /** Says whether a day is sealed. */
    public boolean isSealed(LocalDate day) {
        return sealed != null && !day.isAfter(sealed.day());
    }

    /** Says whether a file adds nothing, because its records are in the archive: it comes from a replay. */
    public boolean knows(SealedFile file) {
        return file.lastOffset() <= head().lastOffset();
    }

    /**
     * Adds a file behind the last one.
     *
     * @param previousHash of the record before the file's first
     * @throws ManifestConflict if the file does not follow
     */
    public Manifest extend(SealedFile file, Hash previousHash) {
        Head head = head();
        LocalDate day = day(file);
        if (file.firstOffset() <= head.lastOffset()
                || !previousHash.equals(head.lastHash())
                || (head.day() != null && day.isBefore(head.day()))) {
            throw new ManifestConflict("file " + file.name() + " does not follow the archive of partition "
                    + chain.partition() + ", which ends at offset " + head.lastOffset()
                    + ": another job writes into the same archive, or its files were changed");
        }
        return new Manifest(
                chain, sealed, Stream.concat(files.stream(), Stream.of(file)).toList());
    }

    /**
     * Puts one file in the place of several that follow each other.
     *
     * @throws ManifestConflict if they are not among its files, or the file does not hold what they hold
     */
    public Manifest compact(List<SealedFile> small, SealedFile whole) {
        int from = files.indexOf(small.get(0));
        int to = from + small.size();
        SealedFile last = small.get(small.size() - 1);
        boolean same = from >= 0
                && to <= files.size()
                && files.subList(from, to).equals(small)
                && whole.firstOffset() == small.get(0).firstOffset()
                && whole.lastOffset() == last.lastOffset()
                && whole.lastHash().equals(last.lastHash())
                && whole.records()
                        == small.stream().mapToLong(SealedFile::records).sum()
                && small.stream().allMatch(file -> day(file).equals(day(whole)));
        if (!same) {
            throw new ManifestConflict("file " + whole.name() + " does not hold what the " + small.size()
                    + " files hold that it should replace in the manifest of partition " + chain.partition());
        }
        List<SealedFile> replaced = new ArrayList<>(files);
        replaced.subList(from, to).clear();
        replaced.add(from, whole);
        return new Manifest(chain, sealed, replaced);
    }

    /**
     * Returns what the partition holds of a day: what its digest will seal.
     *
     * @param firstHash of the day's first record, or null if there is none
     * @throws ManifestConflict if an earlier day is open, or the day sealed
     */
    public Segment segment(LocalDate day, @Nullable Hash firstHash) {
        LocalDate first = sealed != null ? sealed.day().plusDays(1) : files.isEmpty() ? day : day(files.get(0));
        if (!day.equals(first)) {
            throw new ManifestConflict("partition " + chain.partition() + " cannot seal " + day
                    + ": days are sealed one after the other, and " + first + " is the next");
        }
        Hash previous = sealed == null ? new Chain(chain).genesis() : sealed.lastHash();
        return new Segment(filesOf(day), previous, firstHash);
    }

    /** Returns the files of a day. */
    public List<SealedFile> filesOf(LocalDate day) {
        return files.stream().filter(file -> day(file).equals(day)).toList();
    }

    /**
     * Moves what a digest seals out of the list.
     *
     * @throws ManifestConflict if the digest seals anything else than {@link #segment} returns
     */
    public Manifest seal(Digest digest) {
        long sequence = sealed == null ? 0 : sealed.sequence() + 1;
        Hash previous = sealed == null ? Hash.ZERO : sealed.digest();
        if (!digest.chain().equals(chain)
                || digest.sequence() != sequence
                || !digest.previousDigest().equals(previous)
                || !digest.segment().files().equals(filesOf(digest.day()))
                || !digest.segment()
                        .equals(segment(digest.day(), digest.segment().firstHash()))) {
            throw new ManifestConflict("digest " + digest.name() + " does not seal what the manifest of partition "
                    + chain.partition() + " holds of that day");
        }
        SealedHead head = SealedHead.of(digest, sealed == null ? -1 : sealed.lastOffset());
        return new Manifest(chain, head, filesAfter(digest.day()));
    }

    /** Returns the files of later days. */
    public List<SealedFile> filesAfter(LocalDate day) {
        return files.stream().filter(file -> day(file).isAfter(day)).toList();
    }

    private static LocalDate day(SealedFile file) {
        return FileName.of(file.name())
                .orElseThrow(() -> new ManifestConflict("'" + file.name() + "' is no name of a file of records"))
                .day();
    }

    /** Returns its bytes: canonical JSON. */
    public byte[] toBytes() {
        Map<String, Object> json = new TreeMap<>();
        json.put("format", FORMAT);
        json.put("archive", chain.archive());
        json.put("topic", chain.topic());
        json.put("partition", chain.partition());
        json.put("sealed", sealed == null ? null : sealed.toJson());
        json.put("files", files.stream().map(SealedFile::toJson).toList());
        return CanonicalJson.write(json);
    }

    /**
     * Reads what {@link #toBytes} wrote.
     *
     * @throws IOException if it is no manifest
     */
    public static Manifest of(byte[] bytes) throws IOException {
        JsonFields json = CanonicalJson.read(bytes);
        json.checkNames(NAMES);
        if (!json.text("format").equals(FORMAT)) {
            throw new IOException("its format is '" + json.text("format") + "'; this version reads " + FORMAT);
        }
        List<SealedFile> files = new ArrayList<>();
        for (JsonFields file : json.objects("files")) {
            files.add(SealedFile.of(file));
        }
        SealedHead sealed = json.isNull("sealed") ? null : SealedHead.of(json.object("sealed"));
        try {
            ChainId chain = new ChainId(json.text("archive"), json.text("topic"), json.integer("partition"));
            return new Manifest(chain, sealed, files);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
