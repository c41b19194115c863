package io.millrace.archive.sample;

import io.millrace.archive.digest.PublicKeys;
import io.millrace.archive.digest.SigningKey;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;

/** A pair of keys that a test makes. */
public record TestKeys(String publicPem, String privatePem) {

    /** Makes a pair. */
    public static TestKeys make() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            return new TestKeys(PublicKeys.pem(pair.getPublic()), SigningKey.pem(pair.getPrivate()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public PublicKeys publicKeys() {
        return new PublicKeys(publicPem);
    }

    public SigningKey signingKey() {
        return SigningKey.of(privatePem, publicKeys());
    }
}
