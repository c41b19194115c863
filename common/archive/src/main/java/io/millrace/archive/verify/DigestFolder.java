package io.millrace.archive.verify;

import io.millrace.archive.digest.Digest;
import io.millrace.archive.digest.SignedDigest;
import io.millrace.archive.file.ArchiveFolder;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The digests of an archive, or those at a witness. */
final class DigestFolder {

    private static final String FOLDER = "digests";
    private static final int LARGEST = 64 << 20;
    private static final Pattern NAME = Pattern.compile(FOLDER + "/dt=(\\d{4}-\\d{2}-\\d{2})/(\\d{1,9})\\.json");

    private final NavigableMap<Integer, NavigableMap<LocalDate, SignedDigest>> digests = new TreeMap<>();
    private final ArchiveFolder folder;
    private final Findings findings;

    private DigestFolder(ArchiveFolder folder, Findings findings) {
        this.folder = folder;
        this.findings = findings;
    }

    /** Reads all digests, by partition and day; those that are none become findings. */
    static NavigableMap<Integer, NavigableMap<LocalDate, SignedDigest>> read(ArchiveFolder folder, Findings findings)
            throws IOException {
        DigestFolder read = new DigestFolder(folder, findings);
        for (String name : folder.list(FOLDER)) {
            read.add(name);
        }
        return read.digests;
    }

    private void add(String name) {
        if (ArchiveFolder.isHidden(name)) {
            return;
        }
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            findings.add(new Finding(Finding.Kind.UNKNOWN_FILE, -1, null, name, "no digest is called so"));
            return;
        }
        int partition = Integer.parseInt(matcher.group(2));
        try {
            LocalDate day = LocalDate.parse(matcher.group(1));
            SignedDigest signed = SignedDigest.of(folder.read(name, LARGEST));
            Digest digest = signed.digest();
            if (!digest.name().equals(name)) {
                throw new IOException("it is the digest " + digest.name());
            }
            digests.computeIfAbsent(partition, none -> new TreeMap<>()).put(day, signed);
        } catch (IOException | DateTimeException e) {
            findings.digest(partition, name, "it is no digest: " + e.getMessage());
        }
    }
}
