package io.millrace.common.serde;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** A buffer that is used again and again, and refuses to hold more than it was told. */
final class BoundedBytes extends OutputStream {

    /** There is no room for what was to be written. */
    static final class FullException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** A buffer that one large document stretched is let go of afterwards. */
    private static final int KEPT = 64 * 1024;

    private final int most;
    private byte[] bytes = new byte[1024];
    private int size;

    BoundedBytes(int most) {
        this.most = most;
    }

    void clear() {
        size = 0;
        if (bytes.length > KEPT) {
            bytes = new byte[KEPT];
        }
    }

    byte[] copy() {
        return Arrays.copyOf(bytes, size);
    }

    @Override
    public void write(int single) throws IOException {
        reserve(1);
        bytes[size++] = (byte) single;
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        reserve(length);
        System.arraycopy(source, offset, bytes, size, length);
        size += length;
    }

    private void reserve(int more) throws FullException {
        if (more > most - size) {
            throw new FullException();
        }
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
        }
    }
}
