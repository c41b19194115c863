package io.millrace.archive.crypt;

import io.millrace.archive.bytes.CanonicalBytes;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 under one key. Used by one thread. */
final class Hmac {

    private static final String ALGORITHM = "HmacSHA256";

    private final Mac mac;

    Hmac(byte[] key) {
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HMAC-SHA256", e);
        }
    }

    /** Returns 32 bytes. */
    byte[] of(CanonicalBytes bytes) {
        bytes.writeTo(mac::update);
        return mac.doFinal();
    }
}
