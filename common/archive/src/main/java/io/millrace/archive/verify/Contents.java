package io.millrace.archive.verify;

import io.millrace.archive.chain.ChainId;
import io.millrace.archive.digest.Digest;
import io.millrace.archive.digest.SealedFile;
import io.millrace.archive.digest.SignedDigest;
import io.millrace.archive.file.ArchiveFolder;
import io.millrace.archive.manifest.Manifest;
import io.millrace.archive.manifest.ManifestConflict;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an archive says that it holds, by its digests and manifests. Nothing of it is verified.
 *
 * @param partitions the files of each partition, in the order of their offsets, also those that expired
 */
public record Contents(NavigableMap<Integer, Listing> partitions) {

    private static final String MANIFESTS = "manifests";
    private static final Pattern MANIFEST = Pattern.compile(MANIFESTS + "/(\\d{1,9})\\.json");
    private static final int LARGEST = 64 << 20;

    /** What it says of a partition. */
    public record Listing(ChainId chain, List<SealedFile> files) {

        /** Copies the files. */
        public Listing {
            files = List.copyOf(files);
        }
    }

    /**
     * Reads it.
     *
     * @throws IOException if a digest or a manifest cannot be read
     */
    public static Contents read(ArchiveFolder folder) throws IOException {
        Findings findings = new Findings();
        var digests = DigestFolder.read(folder, findings);
        if (!findings.found().isEmpty()) {
            throw new IOException(findings.found().get(0).toString());
        }
        NavigableMap<Integer, Listing> partitions = new TreeMap<>();
        digests.forEach((partition, days) -> partitions.put(partition, sealed(days)));
        for (String name : folder.list(MANIFESTS)) {
            Matcher matcher = MANIFEST.matcher(name);
            if (matcher.matches()) {
                int partition = Integer.parseInt(matcher.group(1));
                Manifest manifest = Manifest.of(folder.read(name, LARGEST));
                partitions.put(partition, listing(manifest, partitions.get(partition), digests.get(partition)));
            }
        }
        return new Contents(partitions);
    }

    private static Listing sealed(NavigableMap<LocalDate, SignedDigest> days) {
        List<SealedFile> files = new ArrayList<>();
        for (SignedDigest signed : days.values()) {
            files.addAll(signed.digest().segment().files());
        }
        Digest first = days.firstEntry().getValue().digest();
        return new Listing(first.chain(), files);
    }

    private static Listing listing(
            Manifest manifest, @Nullable Listing sealed, @Nullable NavigableMap<LocalDate, SignedDigest> days)
            throws IOException {
        List<SealedFile> files = new ArrayList<>(sealed == null ? List.of() : sealed.files());
        try {
            files.addAll(days == null ? manifest.files() : manifest.filesAfter(days.lastKey()));
        } catch (ManifestConflict e) {
            throw new IOException(e.getMessage(), e);
        }
        return new Listing(manifest.chain(), files);
    }

    /** Returns the chain of any partition, or nothing if the folder holds no archive. */
    public Optional<ChainId> anyChain() {
        return partitions.values().stream().map(Listing::chain).findFirst();
    }
}
