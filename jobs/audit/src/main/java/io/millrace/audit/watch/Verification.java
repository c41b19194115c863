package io.millrace.audit.watch;

import io.millrace.archive.digest.Digest;
import io.millrace.archive.digest.PublicKeys;
import io.millrace.archive.digest.SignedDigest;
import io.millrace.archive.file.ArchiveFolder;
import io.millrace.archive.verify.Report;
import io.millrace.archive.verify.SealedEnd;
import io.millrace.archive.verify.VerifiedFiles;
import io.millrace.archive.verify.Verifier;
import io.millrace.archive.verify.VerifyOptions;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Looks at the archive, by its files and the public keys alone. Used by one thread. */
final class Verification {

    private static final int LARGEST = 64 << 20;

    private final WatchOptions options;
    private final Opening opening;
    private final VerifiedFiles verified = new VerifiedFiles();

    Verification(WatchOptions options, Opening opening) {
        this.options = options;
        this.opening = opening;
    }

    /** Opens the folder of an address. */
    @FunctionalInterface
    interface Opening {

        ArchiveFolder open(String address) throws IOException;
    }

    /**
     * Looks at it.
     *
     * @throws IOException if its store fails
     */
    Look look(Pass pass) throws IOException {
        if (pass.isAnew()) {
            verified.clear();
        }
        NotedFailures folder = new NotedFailures(opening.open(options.archive().address()));
        VerifyOptions all = new VerifyOptions(options.archive().name(), pass.from(), null, null);
        Report report = Verifier.verify(folder, new PublicKeys(options.publicKeys()), all, verified);
        List<Wrong> wrong = new ArrayList<>();
        for (Map.Entry<Integer, SealedEnd> end : pass.ends().entrySet()) {
            wrong.addAll(putBack(folder, end.getKey(), end.getValue()));
        }
        folder.throwIfAny();
        report.findings().stream().map(Wrong::of).forEach(wrong::add);
        return Look.made(pass, report.ends(), wrong);
    }

    /** Looks for the digest through which a partition was proven: in an older archive it is missing, with all behind it. */
    private static List<Wrong> putBack(ArchiveFolder folder, int partition, SealedEnd end) {
        String name = Digest.name(end.day(), partition);
        try {
            Digest digest = SignedDigest.of(folder.read(name, LARGEST)).digest();
            return digest.hash().equals(end.digest())
                    ? List.of()
                    : List.of(Wrong.digest(partition, name, "it is not the digest that was proven before"));
        } catch (NoSuchFileException e) {
            return List.of(Wrong.digest(
                    partition,
                    name,
                    "it is missing, and was proven before: it was removed, or the archive is an older one"));
        } catch (IOException e) {
            return List.of(Wrong.digest(partition, name, "it was a digest before, and is none: " + e.getMessage()));
        }
    }
}
