package io.millrace.archive.verify;

import io.millrace.archive.chain.ChainId;
import io.millrace.archive.digest.Expiry;
import io.millrace.archive.digest.SignedDigest;
import io.millrace.archive.digest.SignedExpiry;
import io.millrace.archive.file.ArchiveFolder;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The statements of an archive that days were removed, as far as they hold. */
final class Expiries {

    private static final int LARGEST = 1 << 20;
    private static final Pattern NAME = Pattern.compile(Expiry.FOLDER + "/dt=(\\d{4}-\\d{2}-\\d{2})/(\\d{1,9})\\.json");

    private final Map<String, SignedExpiry> statements = new TreeMap<>();
    private final Set<String> seen = new HashSet<>();
    private final ArchiveFolder folder;
    private final Findings findings;
    private final ExpiryRules rules;
    private final Map<Integer, NavigableMap<LocalDate, SignedDigest>> digests;

    private Expiries(
            ArchiveFolder folder,
            Findings findings,
            ExpiryRules rules,
            Map<Integer, NavigableMap<LocalDate, SignedDigest>> digests) {
        this.folder = folder;
        this.findings = findings;
        this.rules = rules;
        this.digests = digests;
    }

    /**
     * Reads all statements; those that are none, or do not hold, become findings.
     *
     * @param any any chain of the archive
     */
    static Expiries read(
            ArchiveFolder folder,
            ChainId any,
            Map<Integer, NavigableMap<LocalDate, SignedDigest>> digests,
            ExpiryRules rules,
            Findings findings)
            throws IOException {
        Expiries read = new Expiries(folder, findings, rules, digests);
        for (String name : folder.list(Expiry.FOLDER)) {
            if (!ArchiveFolder.isHidden(name)) {
                read.add(any, name);
            }
        }
        return read;
    }

    private void add(ChainId any, String name) {
        seen.add(name);
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            findings.add(new Finding(Finding.Kind.UNKNOWN_FILE, -1, null, name, "no statement of expiry is called so"));
            return;
        }
        int partition = Integer.parseInt(matcher.group(2));
        ChainId chain = new ChainId(any.archive(), any.topic(), partition);
        try {
            SignedExpiry signed = SignedExpiry.of(folder.read(name, LARGEST));
            if (!signed.expiry().name().equals(name)) {
                throw new IOException("it is the statement " + signed.expiry().name());
            }
            Optional<String> problem = rules.problem(signed, chain, digests.getOrDefault(partition, new TreeMap<>()));
            problem.ifPresentOrElse(what -> wrong(partition, name, what), () -> statements.put(name, signed));
        } catch (IOException e) {
            wrong(partition, name, "it is no statement of expiry: " + e.getMessage());
        }
    }

    /** Says whether files of a partition's day may be missing: if a statement says so, also one that came just now. */
    boolean cover(ChainId chain, LocalDate day) throws IOException {
        String name = Expiry.name(day, chain.partition());
        if (!seen.contains(name) && folder.has(name)) {
            add(chain, name);
        }
        return statements.containsKey(name);
    }

    /** Checks that each statement is at a witness, too. */
    void checkWitness(Witness witness) throws IOException {
        for (SignedExpiry signed : statements.values()) {
            checkWitness(witness, signed);
        }
    }

    private void checkWitness(Witness witness, SignedExpiry signed) throws IOException {
        String name = signed.expiry().name();
        String what = null;
        if (!witness.folder().has(name)) {
            what = witness.name() + " does not have this statement of expiry: whoever removes days tells it first";
        } else if (!Arrays.equals(witness.folder().read(name, LARGEST), signed.toBytes())) {
            what = witness.name() + " has another statement of expiry of this day";
        }
        if (what != null) {
            int partition = signed.expiry().chain().partition();
            findings.add(new Finding(Finding.Kind.WITNESS, partition, null, name, what));
        }
    }

    private void wrong(int partition, String name, String what) {
        findings.add(new Finding(Finding.Kind.EXPIRY, partition, null, name, what));
    }
}
