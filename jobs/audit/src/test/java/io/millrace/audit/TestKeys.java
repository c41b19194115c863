package io.millrace.audit;

import io.millrace.archive.digest.PublicKeys;
import io.millrace.archive.digest.SigningKey;
import io.millrace.audit.commit.SigningOptions;
import io.millrace.common.config.Secret;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;

/** A pair of keys that signs and verifies. */
public record TestKeys(String privatePem, String publicPem) {

    /** Makes a new pair. */
    public static TestKeys make() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            return new TestKeys(SigningKey.pem(pair.getPrivate()), PublicKeys.pem(pair.getPublic()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns what a verifier gets. */
    public PublicKeys publicKeys() {
        return new PublicKeys(publicPem);
    }

    /** Returns what the job gets. */
    public SigningOptions signing() {
        return new SigningOptions(new Secret(privatePem), publicPem);
    }
}
