package io.millrace.audit.write;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * A file's bytes on the local disk, until its name is known, which says where it ends. Where the operating system can, the
 * file is removed as soon as it is open: a process that dies leaves nothing.
 */
final class Spool implements Closeable {

    private static final int BUFFER = 1 << 16;

    private final FileChannel channel;
    private final OutputStream stream;

    Spool(Path folder) throws IOException {
        this.channel = FileChannel.open(
                folder.resolve("millrace-audit-" + UUID.randomUUID()),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
        this.stream = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
    }

    OutputStream stream() {
        return stream;
    }

    /** Writes all bytes to another stream; it can be done again. */
    void copyTo(OutputStream out) throws IOException {
        stream.flush();
        channel.position(0);
        ByteBuffer part = ByteBuffer.allocate(BUFFER);
        while (channel.read(part) >= 0) {
            out.write(part.array(), 0, part.position());
            part.clear();
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
