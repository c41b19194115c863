package io.millrace.archive.digest;

import io.millrace.archive.json.CanonicalJson;
import io.millrace.archive.json.JsonFields;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Set;

/**
 * A digest and its signature, as they stand beside the files, in the topic and at the witness: the same bytes everywhere.
 *
 * @param signature of {@link Digest#signedBytes} by Ed25519
 */
public record SignedDigest(Digest digest, byte[] signature) {

    /** Returns its bytes: canonical JSON. */
    public byte[] toBytes() {
        return CanonicalJson.write(Map.of(
                "digest", digest.toJson(), "signature", Base64.getEncoder().encodeToString(signature)));
    }

    /**
     * Reads a digest without looking at its signature.
     *
     * @throws IOException if it is none, or not written as one
     */
    public static SignedDigest of(byte[] bytes) throws IOException {
        JsonFields json = CanonicalJson.read(bytes);
        json.checkNames(Set.of("digest", "signature"));
        Digest digest = Digest.of(json.object("digest"));
        try {
            SignedDigest signed = new SignedDigest(digest, Base64.getDecoder().decode(json.text("signature")));
            if (!Arrays.equals(signed.toBytes(), bytes)) {
                throw new IOException("it writes a value in another form than a digest has");
            }
            return signed;
        } catch (IllegalArgumentException e) {
            throw new IOException("its signature is not in Base64", e);
        }
    }
}
