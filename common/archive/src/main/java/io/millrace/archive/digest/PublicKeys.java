package io.millrace.archive.digest;

import io.millrace.archive.bytes.Hash;
import io.millrace.archive.bytes.Sha256;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;

/**
 * The public keys by which an archive's digests are believed, in the order in which they came into use. A key's id is the
 * SHA-256 of its encoding (SubjectPublicKeyInfo).
 */
public final class PublicKeys {

    private static final String LABEL = "PUBLIC KEY";
    private static final String ED25519 = "Ed25519";

    private final List<Hash> ids = new ArrayList<>();
    private final List<PublicKey> keys = new ArrayList<>();

    /**
     * Takes the keys of a PEM text.
     *
     * @throws IllegalArgumentException if it holds none, another kind of key, or one twice
     */
    public PublicKeys(String pem) {
        for (byte[] encoded : Pem.blocks(pem, LABEL)) {
            Hash id = Sha256.of(encoded);
            if (ids.contains(id)) {
                throw new IllegalArgumentException("public key " + id + " is given twice; each has one place in time");
            }
            ids.add(id);
            keys.add(key(encoded));
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("there is no public key; one stands between the lines"
                    + " '-----BEGIN PUBLIC KEY-----' and '-----END PUBLIC KEY-----'");
        }
    }

    private static PublicKey key(byte[] encoded) {
        try {
            return KeyFactory.getInstance(ED25519).generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "a public key is none of Ed25519; make a pair by 'openssl genpkey -algorithm ed25519'", e);
        }
    }

    /** Returns the text form of a key. */
    public static String pem(PublicKey key) {
        return Pem.of(LABEL, key.getEncoded());
    }

    /** Returns a key's place among them, from 0 on, or -1 if it is none of them. */
    public int place(Hash keyId) {
        return ids.indexOf(keyId);
    }

    /** Returns the id of the key that came last. */
    public Hash newest() {
        return ids.get(ids.size() - 1);
    }

    /** Says whether a digest was signed by the key that it names, and that is one of these. */
    public boolean verify(SignedDigest signed) {
        int place = place(signed.digest().keyId());
        return place >= 0 && verify(keys.get(place), signed.digest().signedBytes(), signed.signature());
    }

    /** Says whether a statement of expiry was signed by the key that it names, and that is one of these. */
    public boolean verify(SignedExpiry signed) {
        int place = place(signed.expiry().keyId());
        return place >= 0 && verify(keys.get(place), signed.expiry().signedBytes(), signed.signature());
    }

    /** Returns the ids of all keys, in the order in which they came into use. */
    public List<Hash> ids() {
        return List.copyOf(ids);
    }

    /** Says whether bytes were signed by the key that came last. */
    boolean verifyByNewest(byte[] bytes, byte[] signature) {
        return verify(keys.get(keys.size() - 1), bytes, signature);
    }

    private static boolean verify(PublicKey key, byte[] bytes, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance(ED25519);
            verifier.initVerify(key);
            verifier.update(bytes);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
