package io.millrace.archive.crypt;

import io.millrace.archive.bytes.CanonicalBytes;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-256-GCM with nonces of 12 bytes and tags of 16. Used by one thread. */
final class AesGcm {

    static final int NONCE = 12;
    static final int TAG = 16;

    private Cipher cipher = cipher();

    private static Cipher cipher() {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no AES-GCM", e);
        }
    }

    /** Returns the ciphertext, which ends with the tag. */
    byte[] encrypt(SecretKeySpec key, byte[] nonce, CanonicalBytes context, byte[] plaintext) {
        try {
            begin(Cipher.ENCRYPT_MODE, key, nonce, context);
            return cipher.doFinal(plaintext);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java does not encrypt by AES-256-GCM", e);
        }
    }

    /** Returns the plaintext, or nothing if key, nonce, context and ciphertext do not belong together. */
    Optional<byte[]> decrypt(SecretKeySpec key, byte[] nonce, CanonicalBytes context, byte[] ciphertext) {
        try {
            begin(Cipher.DECRYPT_MODE, key, nonce, context);
            return Optional.of(cipher.doFinal(ciphertext));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java does not decrypt by AES-256-GCM", e);
        }
    }

    private void begin(int mode, SecretKeySpec key, byte[] nonce, CanonicalBytes context)
            throws GeneralSecurityException {
        GCMParameterSpec parameters = new GCMParameterSpec(8 * TAG, nonce);
        try {
            cipher.init(mode, key, parameters);
        } catch (InvalidAlgorithmParameterException e) {
            // the same once more: Java refuses the nonce that the same cipher has just encrypted with
            cipher = cipher();
            cipher.init(mode, key, parameters);
        }
        context.writeTo(cipher::updateAAD);
    }

    static SecretKeySpec key(byte[] bytes) {
        return new SecretKeySpec(bytes, "AES");
    }
}
