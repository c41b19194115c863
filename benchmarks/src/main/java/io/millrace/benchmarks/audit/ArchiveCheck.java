package io.millrace.benchmarks.audit;

import io.millrace.archive.bytes.Hash;
import io.millrace.archive.chain.Chain;
import io.millrace.archive.chain.Entry;
import io.millrace.archive.digest.PublicKeys;
import io.millrace.archive.digest.SealedFile;
import io.millrace.archive.file.ArchiveFile;
import io.millrace.archive.parquet.ArchiveFileReader;
import io.millrace.archive.verify.Contents;
import io.millrace.archive.verify.Report;
import io.millrace.archive.verify.Verifier;
import io.millrace.archive.verify.VerifyOptions;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Compares an archive with what it must be. */
@FunctionalInterface
interface ArchiveCheck {

    /** Returns what is wrong, or nothing. */
    String difference(Archive archive) throws IOException;

    /** It verifies, and its chains end where they must. */
    static ArchiveCheck verified(PublicKeys keys, Ends expected) {
        return archive -> {
            VerifyOptions options = new VerifyOptions(AuditConfig.ARCHIVE, null, null, null);
            Report report = Verifier.verify(archive.folder(), keys, options);
            if (!report.holds()) {
                return "the archive does not verify: " + report.findings().get(0);
            }
            long records = report.sealed() + report.chained();
            return records == expected.records()
                    ? expected.difference(archive.ends())
                    : records + " records verify; there must be " + expected.records();
        };
    }

    /** Chained now, its records end where they must: of those that were written without a chain. */
    static ArchiveCheck chainedAfterwards(Ends expected) {
        return archive -> expected.difference(chained(archive));
    }

    private static Ends chained(Archive archive) throws IOException {
        Map<Integer, Ends.End> ends = new HashMap<>();
        for (Contents.Listing listing :
                Contents.read(archive.folder()).partitions().values()) {
            Chain chain = new Chain(listing.chain());
            Ends.End end = new Ends.End(0, -1, chain.genesis());
            for (SealedFile file : listing.files()) {
                end = follow(archive, file, chain, end);
            }
            ends.put(listing.chain().partition(), end);
        }
        return new Ends(ends);
    }

    private static Ends.End follow(Archive archive, SealedFile named, Chain chain, Ends.End before) throws IOException {
        Ends.End[] end = {before};
        try (ArchiveFile file = archive.folder().open(named.name())) {
            ArchiveFileReader.of(file).read(row -> {
                Entry entry = row.entry();
                Hash hash = chain.hash(entry.offset(), entry.timestamp(), entry.content(), end[0].lastHash());
                end[0] = new Ends.End(end[0].records() + 1, entry.offset(), hash);
            });
        }
        return end[0];
    }
}
