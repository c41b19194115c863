package io.millrace.archive.bytes;

import java.util.Arrays;
import java.util.HexFormat;

/** A SHA-256 hash: 32 bytes, written as 64 lower-case hexadecimal digits. */
public final class Hash {

    /** Bytes of a hash. */
    public static final int LENGTH = 32;

    /** What stands where there is nothing before. */
    public static final Hash ZERO = new Hash(new byte[LENGTH]);

    private static final HexFormat HEX = HexFormat.of();

    private final byte[] bytes;

    private Hash(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Takes the bytes of a hash.
     *
     * @throws IllegalArgumentException if there are not 32
     */
    public static Hash of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a hash has " + LENGTH + " bytes, and not " + bytes.length);
        }
        return new Hash(bytes.clone());
    }

    /** Takes 32 bytes that nobody else has. */
    static Hash owning(byte[] bytes) {
        return new Hash(bytes);
    }

    /**
     * Takes 64 lower-case hexadecimal digits.
     *
     * @throws IllegalArgumentException if it is another text
     */
    public static Hash ofHex(String text) {
        if (text.length() != 2 * LENGTH || !text.chars().allMatch(Hash::isLowerHex)) {
            throw new IllegalArgumentException(
                    "a hash is written as " + 2 * LENGTH + " lower-case hexadecimal digits, and not as '" + text + "'");
        }
        return new Hash(HEX.parseHex(text));
    }

    private static boolean isLowerHex(int letter) {
        return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'f');
    }

    /** Returns a copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Writes the bytes, without a length. */
    public void writeTo(CanonicalBytes out) {
        out.raw(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return HEX.formatHex(bytes);
    }
}
