package io.millrace.cli.objectstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.archive.file.ArchiveFile;
import io.millrace.archive.file.NewFile;
import io.millrace.cli.Workspace;
import io.millrace.testing.S3Server;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files in a server that speaks S3. */
class S3FolderIT {

    @TempDir
    private static Path data;

    private static S3Server store;

    private final S3Folder folder = S3Folder.of(workspace(store.environment()), "s3://audit/some/place/");

    @BeforeAll
    static void start() throws Exception {
        store = S3Server.start(data);
    }

    @AfterAll
    static void stop() throws Exception {
        store.close();
    }

    private static Workspace workspace(Map<String, String> environment) {
        return new Workspace(Path.of(""), environment);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void whatIsWrittenIsReadListedAndRemoved() throws IOException {
        String name = "audit/dt=2026-03-02/0-1-2.parquet";
        folder.replace(name, bytes("hello"));
        folder.replace("auditors/1", bytes("other"));

        assertThat(folder.has(name)).isTrue();
        assertThat(folder.read(name, 5)).isEqualTo(bytes("hello"));
        assertThat(folder.list("audit")).containsExactly(name);
        try (ArchiveFile file = folder.open(name)) {
            assertThat(file.size()).isEqualTo(5);
            assertThat(file.read(1, 3)).isEqualTo(bytes("ell"));
        }
        folder.replace(name, bytes("bye"));
        assertThat(folder.read(name, 5)).isEqualTo(bytes("bye"));
        folder.remove(name);
        folder.remove(name);
        assertThat(folder.has(name)).isFalse();
        assertThat(folder.list("audit")).isEmpty();
    }

    /** Statements of expiry and manifests are written into it as into any other. */
    @Test
    void aBucketWithObjectLockTakesWhatIsWritten() throws IOException {
        S3Folder locked = S3Folder.of(workspace(store.environment()), "s3://" + S3Server.LOCKED + "/witness");

        locked.replace("expired/dt=2026-03-02/0.json", bytes("statement"));
        locked.replace("empty", new byte[0]);

        assertThat(locked.read("expired/dt=2026-03-02/0.json", 20)).isEqualTo(bytes("statement"));
        assertThat(locked.has("empty")).isTrue();
    }

    /** The control: that bucket does refuse what comes without a checksum. */
    @Test
    void aBucketWithObjectLockRefusesWhatHasNoChecksum() throws Exception {
        HttpRequest without = HttpRequest.newBuilder(URI.create(store.endpoint() + "/" + S3Server.LOCKED + "/file"))
                .PUT(BodyPublishers.ofString("statement"))
                .build();

        HttpResponse<String> refused = HttpClient.newHttpClient().send(without, BodyHandlers.ofString());

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("header is required for Put Object requests with Object Lock parameters");
    }

    @Test
    void whatIsMissingOrTooLargeIsSaid() throws IOException {
        folder.replace("large", bytes("123456"));

        assertThatThrownBy(() -> folder.read("large", 5)).hasMessageContaining("large has 6 bytes");
        assertThatThrownBy(() -> folder.read("none", 5)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> folder.open("none")).isInstanceOf(NoSuchFileException.class);
        assertThat(folder.list("nowhere")).isEmpty();
    }

    @Test
    void aFileThatIsNotFinishedIsNotThere() throws IOException {
        try (NewFile file = folder.create("unfinished")) {
            file.stream().write(1);
        }

        assertThat(folder.has("unfinished")).isFalse();
    }

    @Test
    void whoIsNotKnownIsRefused() {
        Map<String, String> wrong = new HashMap<>(store.environment());
        wrong.put("AWS_ACCESS_KEY_ID", "wrong");
        S3Folder other = S3Folder.of(workspace(wrong), "s3://audit/some");

        assertThatThrownBy(() -> other.list("audit"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("answers GET with 403");
    }
}
