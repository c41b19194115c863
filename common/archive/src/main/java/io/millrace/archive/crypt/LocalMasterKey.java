package io.millrace.archive.crypt;

import io.millrace.archive.bytes.CanonicalBytes;
import io.millrace.archive.bytes.Sha256;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;

/** A master key of 32 bytes, from a file or the environment. It prints as its id. */
public final class LocalMasterKey implements MasterKey {

    private static final String ID = "millrace-audit-1/master";
    private static final String WRAP = "millrace-audit-1/wrap";
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{64}");
    private static final int ID_LENGTH = 16;

    private final SecretKeySpec key;
    private final String id;
    private final SecureRandom random = new SecureRandom();

    private LocalMasterKey(byte[] bytes) {
        this.key = AesGcm.key(bytes);
        this.id =
                Sha256.of(new CanonicalBytes().begin(ID).raw(bytes)).toString().substring(0, ID_LENGTH);
    }

    /**
     * Takes a key as 64 hexadecimal digits, with white space around them.
     *
     * @throws IllegalArgumentException if it is anything else; the message does not hold it
     */
    public static LocalMasterKey of(String text) {
        String digits = text.strip();
        if (!HEX.matcher(digits).matches()) {
            throw new IllegalArgumentException("the master key has " + digits.length()
                    + " characters; it must be 64 hexadecimal digits, as 'openssl rand -hex 32' prints them");
        }
        return new LocalMasterKey(HexFormat.of().parseHex(digits));
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public byte[] wrap(byte[] dataKey, byte[] context) {
        byte[] nonce = new byte[AesGcm.NONCE];
        random.nextBytes(nonce);
        byte[] wrapped = new AesGcm().encrypt(key, nonce, named(context), dataKey);
        return ByteBuffer.allocate(nonce.length + wrapped.length)
                .put(nonce)
                .put(wrapped)
                .array();
    }

    @Override
    public byte[] unwrap(byte[] wrapped, byte[] context) throws KeyStoreException {
        if (wrapped.length < AesGcm.NONCE + AesGcm.TAG) {
            throw KeyStoreException.lasting("a wrapped key has only " + wrapped.length + " bytes");
        }
        ByteBuffer buffer = ByteBuffer.wrap(wrapped);
        byte[] nonce = new byte[AesGcm.NONCE];
        byte[] ciphertext = new byte[wrapped.length - nonce.length];
        buffer.get(nonce).get(ciphertext);
        return new AesGcm()
                .decrypt(key, nonce, named(context), ciphertext)
                .orElseThrow(() -> KeyStoreException.lasting(
                        "a key of the store was not wrapped by the master key " + id + ", or was changed since"));
    }

    private static CanonicalBytes named(byte[] context) {
        return new CanonicalBytes().begin(WRAP).bytes(context);
    }

    @Override
    public String toString() {
        return "master key " + id;
    }
}
