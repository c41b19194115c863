package io.millrace.archive.digest;

import io.millrace.archive.json.CanonicalJson;
import io.millrace.archive.json.JsonFields;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Set;

/**
 * A statement of expiry and its signature, as they stand beside the digests and at the witness.
 *
 * @param signature of {@link Expiry#signedBytes} by Ed25519
 */
public record SignedExpiry(Expiry expiry, byte[] signature) {

    /** Returns its bytes: canonical JSON. */
    public byte[] toBytes() {
        return CanonicalJson.write(Map.of(
                "expiry", expiry.toJson(), "signature", Base64.getEncoder().encodeToString(signature)));
    }

    /**
     * Reads a statement without looking at its signature.
     *
     * @throws IOException if it is none, or not written as one
     */
    public static SignedExpiry of(byte[] bytes) throws IOException {
        JsonFields json = CanonicalJson.read(bytes);
        json.checkNames(Set.of("expiry", "signature"));
        Expiry expiry = Expiry.of(json.object("expiry"));
        try {
            SignedExpiry signed = new SignedExpiry(expiry, Base64.getDecoder().decode(json.text("signature")));
            if (!Arrays.equals(signed.toBytes(), bytes)) {
                throw new IOException("it writes a value in another form than a statement of expiry has");
            }
            return signed;
        } catch (IllegalArgumentException e) {
            throw new IOException("its signature is not in Base64", e);
        }
    }
}
