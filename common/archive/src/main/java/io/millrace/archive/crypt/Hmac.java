package io.millrace.archive.crypt;

import io.millrace.archive.bytes.CanonicalBytes;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** HMAC-SHA256. Used by one thread. */
final class Hmac {

    private static final String ALGORITHM = "HmacSHA256";

    private final Mac mac;
    private @Nullable SecretKeySpec begun;

    Hmac() {
        try {
            mac = Mac.getInstance(ALGORITHM);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HMAC-SHA256", e);
        }
    }

    /** Returns 32 bytes. */
    byte[] of(SecretKeySpec key, CanonicalBytes bytes) {
        if (!key.equals(begun)) {
            begin(key);
        }
        bytes.writeTo(mac::update);
        return mac.doFinal();
    }

    private void begin(SecretKeySpec key) {
        try {
            mac.init(key);
            begun = key;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java takes no key for HMAC-SHA256", e);
        }
    }

    static SecretKeySpec key(byte[] bytes) {
        return new SecretKeySpec(bytes, ALGORITHM);
    }
}
