package io.millrace.archive.digest;

import io.millrace.archive.bytes.Hash;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;

/** The private key that signs digests. It prints as its id. */
public final class SigningKey {

    private static final String LABEL = "PRIVATE KEY";
    private static final byte[] PROBE = "is this pair one?".getBytes(StandardCharsets.US_ASCII);

    private final PrivateKey key;
    private final Hash id;

    private SigningKey(PrivateKey key, Hash id) {
        this.key = key;
        this.id = id;
    }

    /**
     * Takes a private key, and the public keys of which the last is its other half.
     *
     * @param pem as {@code openssl genpkey -algorithm ed25519} writes it
     * @throws IllegalArgumentException if it is no key, or not the last one's other half
     */
    public static SigningKey of(String pem, PublicKeys keys) {
        List<byte[]> blocks = Pem.blocks(pem, LABEL);
        if (blocks.size() != 1) {
            throw new IllegalArgumentException("the signing key's file has " + blocks.size() + " private keys, not one;"
                    + " make it by 'openssl genpkey -algorithm ed25519'");
        }
        try {
            PrivateKey key = KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(blocks.get(0)));
            SigningKey signing = new SigningKey(key, keys.newest());
            if (keys.verifyByNewest(PROBE, signing.sign(PROBE))) {
                return signing;
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the signing key's file has another kind of key than Ed25519", e);
        }
        throw new IllegalArgumentException("the signing key does not belong to the last of the public keys, "
                + keys.newest() + "; append its public half, from 'openssl pkey -pubout'");
    }

    /** Returns the text form of a key. */
    public static String pem(PrivateKey key) {
        return Pem.of(LABEL, key.getEncoded());
    }

    /** Returns the id of its public half. */
    public Hash id() {
        return id;
    }

    /**
     * Signs a digest.
     *
     * @throws IllegalArgumentException if the digest names another key
     */
    public SignedDigest sign(Digest digest) {
        if (!digest.keyId().equals(id)) {
            throw new IllegalArgumentException("the digest names key " + digest.keyId() + ", and this is key " + id);
        }
        return new SignedDigest(digest, sign(digest.signedBytes()));
    }

    /**
     * Signs a statement of expiry.
     *
     * @throws IllegalArgumentException if the statement names another key
     */
    public SignedExpiry sign(Expiry expiry) {
        if (!expiry.keyId().equals(id)) {
            throw new IllegalArgumentException("the statement names key " + expiry.keyId() + ", and this is key " + id);
        }
        return new SignedExpiry(expiry, sign(expiry.signedBytes()));
    }

    private byte[] sign(byte[] bytes) {
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(key);
            signer.update(bytes);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java does not sign by Ed25519", e);
        }
    }

    @Override
    public String toString() {
        return "signing key " + id;
    }
}
