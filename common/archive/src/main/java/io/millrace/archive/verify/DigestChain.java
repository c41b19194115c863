package io.millrace.archive.verify;

import io.millrace.archive.bytes.Hash;
import io.millrace.archive.chain.Chain;
import io.millrace.archive.chain.ChainId;
import io.millrace.archive.digest.Digest;
import io.millrace.archive.digest.PublicKeys;
import io.millrace.archive.digest.SealedFile;
import io.millrace.archive.digest.SignedDigest;
import io.millrace.archive.file.FileName;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Follows the digests of one partition from the first: each is signed, and names the one before it. */
final class DigestChain {

    private final ChainId id;
    private final PublicKeys keys;
    private final Findings findings;
    private @Nullable Digest last;
    private long lastOffset = -1;

    DigestChain(ChainId id, PublicKeys keys, Findings findings) {
        this.id = id;
        this.keys = keys;
        this.findings = findings;
    }

    /** Follows digests in the order of their days. */
    void follow(Collection<SignedDigest> digests) {
        for (SignedDigest signed : digests) {
            Digest digest = signed.digest();
            problem(signed).ifPresent(problem -> findings.digest(id.partition(), digest.name(), problem));
            Long offset = digest.segment().lastOffset();
            lastOffset = offset == null ? lastOffset : offset;
            last = digest;
        }
    }

    private Optional<String> problem(SignedDigest signed) {
        Digest digest = signed.digest();
        if (!digest.chain().equals(id)) {
            return Optional.of("it is one of the archive '" + digest.chain().archive() + "' of the topic '"
                    + digest.chain().topic() + "', and not of '" + id.archive() + "' of '" + id.topic() + "'");
        }
        if (keys.place(digest.keyId()) < 0) {
            return Optional.of(
                    "it is signed by the key " + digest.keyId() + ", which is none of those that were given");
        }
        if (!keys.verify(signed)) {
            return Optional.of("its signature is not one of the key " + digest.keyId() + " over these bytes");
        }
        return (last == null ? linkOfFirst(digest) : link(digest, last)).or(() -> segment(digest));
    }

    private Optional<String> linkOfFirst(Digest digest) {
        if (digest.sequence() != 0 || !digest.previousDigest().equals(Hash.ZERO)) {
            return Optional.of(
                    "it is number " + digest.sequence() + " of its partition, and those before it are missing");
        }
        return digest.segment().previousHash().equals(new Chain(id).genesis())
                ? Optional.empty()
                : Optional.of("its chain does not begin with the hash of the chain's name");
    }

    private Optional<String> link(Digest digest, Digest before) {
        if (digest.sequence() != before.sequence() + 1
                || !digest.day().equals(before.day().plusDays(1))) {
            return Optional.of("it is number " + digest.sequence() + " of " + digest.day()
                    + ", and the one before it is" + " number " + before.sequence() + " of " + before.day()
                    + ": those in between are missing");
        }
        if (!digest.previousDigest().equals(before.hash())) {
            return Optional.of(
                    "it does not name the digest before it, " + before.name() + ": one of them was replaced");
        }
        if (keys.place(digest.keyId()) < keys.place(before.keyId())) {
            return Optional.of("it is signed by the key " + digest.keyId() + ", which had been replaced by then");
        }
        return digest.segment().previousHash().equals(before.segment().lastHash())
                ? Optional.empty()
                : Optional.of("its chain does not follow that of the digest before it, " + before.name());
    }

    /** Checks that the files are named as they are, and follow each other. */
    private Optional<String> segment(Digest digest) {
        long before = lastOffset;
        for (SealedFile file : digest.segment().files()) {
            FileName name = new FileName(digest.day(), id.partition(), file.firstOffset(), file.lastOffset());
            long most = file.lastOffset() - file.firstOffset() + 1;
            if (!name.text().equals(file.name())
                    || file.firstOffset() <= before
                    || file.records() < 1
                    || file.records() > most) {
                return Optional.of("it names the file " + file.name() + ", which cannot follow record " + before);
            }
            before = file.lastOffset();
        }
        return digest.partitions() > id.partition()
                ? Optional.empty()
                : Optional.of("it says that there are " + digest.partitions() + " partitions");
    }
}
