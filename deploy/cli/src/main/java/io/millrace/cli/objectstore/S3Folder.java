package io.millrace.cli.objectstore;

import io.millrace.archive.file.ArchiveFile;
import io.millrace.archive.file.LocalFolder;
import io.millrace.archive.file.NewFile;
import io.millrace.archive.file.WritableFolder;
import io.millrace.cli.CommandFailure;
import io.millrace.cli.Workspace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An archive below a prefix of a bucket. A file that is opened is copied to this machine and removed when it is closed: it
 * is read more than once. One that is written is held in memory, and put as a whole.
 */
public final class S3Folder implements WritableFolder {
    private static final Pattern FORM = Pattern.compile("s3a?://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])/?(.*)");
    private static final int MISSING = 404;
    private static final byte[] NOTHING = {};

    private final S3Client client;
    private final String prefix;

    private S3Folder(S3Client client, String prefix) {
        this.client = client;
        this.prefix = prefix;
    }

    /** Whether a text is the address of a bucket. */
    public static boolean isAddress(String text) {
        return text.startsWith("s3://") || text.startsWith("s3a://");
    }

    /** The folder that {@code s3://BUCKET/PREFIX} names. */
    public static S3Folder of(Workspace workspace, String address) {
        Matcher matcher = FORM.matcher(address);
        if (!matcher.matches()) {
            throw new CommandFailure(address + " is no address of a bucket; it must be s3://BUCKET/PREFIX");
        }
        String prefix = matcher.group(2).replaceAll("/+$", "");
        return new S3Folder(S3Client.of(workspace, matcher.group(1)), prefix.isEmpty() ? "" : prefix + "/");
    }

    @Override
    public List<String> list(String folder) throws IOException {
        List<String> names = new ArrayList<>();
        TreeMap<String, String> parameters = new TreeMap<>();
        parameters.put("list-type", "2");
        parameters.put("prefix", prefix + folder + "/");
        Optional<String> next;
        do {
            HttpResponse<byte[]> answer = client.send("GET", "", parameters, NOTHING, BodyHandlers.ofByteArray());
            if (answer.statusCode() == MISSING) {
                throw new IOException("there is no such bucket");
            }
            S3Page page = S3Page.of(answer.body());
            page.keys().stream()
                    // what stands for a folder is no file
                    .filter(key -> !key.endsWith("/"))
                    .forEach(key -> names.add(key.substring(prefix.length())));
            next = page.next();
            next.ifPresent(token -> parameters.put("continuation-token", token));
        } while (next.isPresent());
        return names.stream().sorted().toList();
    }

    @Override
    public boolean has(String name) throws IOException {
        return client.send("HEAD", prefix + name, new TreeMap<>(), NOTHING, BodyHandlers.discarding())
                        .statusCode()
                != MISSING;
    }

    @Override
    public byte[] read(String name, int most) throws IOException {
        HttpResponse<byte[]> answer =
                client.send("GET", prefix + name, new TreeMap<>(), NOTHING, BodyHandlers.ofByteArray());
        if (answer.statusCode() == MISSING) {
            throw new NoSuchFileException(name);
        }
        if (answer.body().length > most) {
            throw new IOException(name + " has " + answer.body().length + " bytes; such a file has at most " + most);
        }
        return answer.body();
    }

    @Override
    public ArchiveFile open(String name) throws IOException {
        Path copy = Files.createTempFile("millrace-", ".archived");
        try {
            // an answer that was cut off is not to be longer than the next one
            var whole = BodyHandlers.ofFile(copy, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
            if (client.send("GET", prefix + name, new TreeMap<>(), NOTHING, whole)
                            .statusCode()
                    == MISSING) {
                throw new NoSuchFileException(name);
            }
            Path folder = copy.toAbsolutePath().getParent();
            return new Copy(
                    new LocalFolder(folder == null ? Path.of("") : folder)
                            .open(copy.getFileName().toString()),
                    copy);
        } catch (IOException e) {
            Files.deleteIfExists(copy);
            throw e;
        }
    }

    @Override
    public NewFile create(String name) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        return new NewFile() {
            @Override
            public OutputStream stream() {
                return bytes;
            }

            @Override
            public void finish() throws IOException {
                require(client.send(
                        "PUT", prefix + name, new TreeMap<>(), bytes.toByteArray(), BodyHandlers.discarding()));
            }

            @Override
            public void close() {
                // nothing is in the store before it is finished
            }
        };
    }

    private static void require(HttpResponse<?> answer) throws IOException {
        if (answer.statusCode() == MISSING) {
            throw new IOException("there is no such bucket");
        }
    }

    @Override
    public void remove(String name) throws IOException {
        client.send("DELETE", prefix + name, new TreeMap<>(), NOTHING, BodyHandlers.discarding());
    }

    /** A copy of an object on this machine. */
    private record Copy(ArchiveFile file, Path path) implements ArchiveFile {

        @Override
        public long size() {
            return file.size();
        }

        @Override
        public byte[] read(long position, int length) throws IOException {
            return file.read(position, length);
        }

        @Override
        public void close() throws IOException {
            file.close();
            Files.deleteIfExists(path);
        }
    }
}
