package io.millrace.audit.folder;

import java.util.Arrays;

/**
 * How a file that is written and not visible becomes visible, as its file system wrote it down.
 *
 * @param version of the file system's own form
 */
public record PendingUpload(int version, byte[] bytes) {

    @Override
    public boolean equals(Object other) {
        return other instanceof PendingUpload upload && version == upload.version && Arrays.equals(bytes, upload.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "an upload of " + bytes.length + " bytes";
    }
}
