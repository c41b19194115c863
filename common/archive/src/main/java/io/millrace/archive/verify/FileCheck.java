package io.millrace.archive.verify;

import io.millrace.archive.bytes.Hash;
import io.millrace.archive.chain.ChainId;
import io.millrace.archive.digest.SealedFile;
import io.millrace.archive.file.ArchiveFile;
import io.millrace.archive.file.ArchiveFolder;
import io.millrace.archive.file.FileName;
import io.millrace.archive.parquet.ArchiveFileReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Verifies one file: that it is the one that was named, and that its records follow each other. */
final class FileCheck {

    private final ArchiveFolder folder;
    private final ChainId chain;
    private final SealedFile named;
    private final VerifiedFiles verified;
    private final List<Finding> findings = new ArrayList<>();
    private long records;
    private long bytes;

    /**
     * What a file came to.
     *
     * @param records of which nothing is wrong
     * @param bytes of the file
     */
    record Result(List<Finding> findings, long records, long bytes) {}

    FileCheck(ArchiveFolder folder, ChainId chain, SealedFile named, VerifiedFiles verified) {
        this.folder = folder;
        this.chain = chain;
        this.named = named;
        this.verified = verified;
    }

    /**
     * Reads the file, unless it was read before.
     *
     * @param firstHash what the first record's hash must be, or null if nobody says
     */
    Result verify(ChainLink before, @Nullable Hash firstHash) {
        try {
            if (FileName.of(named.name()).isEmpty()) {
                wrong(named.firstOffset(), "no file of records is called so");
            } else if (!folder.has(named.name())) {
                wrong(
                        named.firstOffset(),
                        "the file is missing, and with it the records " + named.firstOffset() + " to "
                                + named.lastOffset());
            } else if (verified.has(named, before, firstHash)) {
                records = named.records();
                bytes = named.size();
            } else {
                read(before, firstHash);
            }
        } catch (IOException e) {
            wrong(null, "it could not be read: " + e.getMessage());
        }
        return new Result(findings, findings.isEmpty() ? records : 0, bytes);
    }

    private void read(ChainLink before, @Nullable Hash firstHash) throws IOException {
        try (ArchiveFile file = folder.open(named.name())) {
            bytes = file.size();
            Hash sha256 = file.sha256();
            rows(file, before, firstHash);
            if (findings.isEmpty() && (file.size() != named.size() || !sha256.equals(named.sha256()))) {
                wrong(
                        named.firstOffset(),
                        "its records follow each other, but it is not the file that was named: it has "
                                + file.size() + " bytes with the SHA-256 " + sha256 + ", named were " + named.size()
                                + " bytes with " + named.sha256());
            }
            if (findings.isEmpty()) {
                verified.add(named, before, firstHash);
            }
        }
    }

    private void rows(ArchiveFile file, ChainLink before, @Nullable Hash firstHash) throws IOException {
        FileName name = FileName.of(named.name()).orElseThrow(() -> new IOException("no file of records is called so"));
        RowCheck rows = new RowCheck(chain, name, named, before, firstHash);
        try {
            ArchiveFileReader reader = ArchiveFileReader.of(file);
            checkTexts(reader.texts());
            reader.read(rows);
            rows.end();
        } catch (WrongRecord e) {
            findings.add(new Finding(Finding.Kind.RECORD, chain.partition(), e.offset(), named.name(), e.what()));
        } catch (IOException e) {
            wrong(rows.next(), "it cannot be read from this record on: " + e.getMessage());
        }
        records = rows.count();
    }

    private void checkTexts(Map<String, String> texts) throws IOException {
        if (!chain.archive().equals(texts.get("millrace.audit.archive"))
                || !chain.topic().equals(texts.get("millrace.audit.topic"))) {
            throw new IOException("it says that it belongs to the archive '" + texts.get("millrace.audit.archive")
                    + "' of the topic '" + texts.get("millrace.audit.topic") + "'");
        }
    }

    private void wrong(@Nullable Long offset, String what) {
        findings.add(new Finding(Finding.Kind.FILE, chain.partition(), offset, named.name(), what));
    }
}
