package io.millrace.audit.commit;

import io.millrace.archive.digest.PublicKeys;
import io.millrace.archive.digest.SigningKey;
import io.millrace.common.config.Secret;
import java.io.Serializable;

/**
 * By which key digests are signed.
 *
 * @param key the private key, as PEM
 * @param publicKeys all that ever were in use, as PEM, in their order; the last is the private key's other half
 */
public record SigningOptions(Secret key, String publicKeys) implements Serializable {

    private static final long serialVersionUID = 1L;

    /**
     * Returns the key.
     *
     * @throws IllegalArgumentException if it is none, or not the last public key's other half
     */
    public SigningKey open() {
        return SigningKey.of(key.reveal(), new PublicKeys(publicKeys));
    }
}
