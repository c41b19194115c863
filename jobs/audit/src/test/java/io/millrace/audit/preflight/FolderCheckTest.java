package io.millrace.audit.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.archive.file.LocalFolder;
import io.millrace.archive.file.WritableFolder;
import io.millrace.audit.KeepingFolder;
import io.millrace.common.config.Problems;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of folders before a job starts. */
class FolderCheckTest {

    private static final String ADDRESS = "s3://audit/production";
    private static final Duration LONG = Duration.ofMinutes(1);

    private final Problems problems = new Problems();

    @TempDir
    Path root;

    private boolean check(Duration patience, FolderCheck.Opening opening) {
        return new FolderCheck(patience, opening, problems).requireWritable("archive.address", ADDRESS);
    }

    private String told() {
        return problems.found().toString();
    }

    @Test
    void nothingIsToldOfAFolderThatCanBeWrittenAndItIsAsItWas() throws IOException {
        WritableFolder folder = new LocalFolder(root);

        assertThat(check(LONG, address -> folder)).isTrue();
        assertThat(problems.found()).isEmpty();
        assertThat(folder.list("")).isEmpty();
    }

    @Test
    void whatDoesNotAnswerIsAProblemAndNotWaitedFor() {
        CountDownLatch never = new CountDownLatch(1);

        boolean holds = check(Duration.ofMillis(50), address -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                // a client that goes on trying, whatever it is told
            }
            throw new IOException("too late");
        });

        assertThat(holds).isFalse();
        assertThat(told())
                .contains("archive.address", ADDRESS, "no answer within", "s3.endpoint", "s3.path.style.access")
                .doesNotContain("too late");
    }

    @Test
    void aWitnessNeedNotLetAnythingBeDeletedAndAnArchiveMust() throws IOException {
        WritableFolder folder = new KeepingFolder(new LocalFolder(root));

        assertThat(new FolderCheck(LONG, address -> folder, problems).requireAddable("archive.witness", ADDRESS))
                .isTrue();
        assertThat(problems.found()).isEmpty();
        assertThat(problems.notes()).hasSize(1);
        assertThat(folder.list("")).singleElement().matches(name -> name.startsWith("_probe-"));
        assertThat(check(LONG, address -> folder)).isFalse();
    }

    @Test
    void whyAFolderCannotBeWrittenIsTold() {
        boolean holds = check(LONG, address -> {
            throw new IOException("there is no such bucket");
        });

        assertThat(holds).isFalse();
        assertThat(told()).contains("IOException, there is no such bucket", "let the job write, read, list and delete");
    }

    @Test
    void whatTheStoreSaidIsToldWhateverAClientWrapsItIn() {
        IOException said = new IOException("Content-MD5 is required");
        check(LONG, address -> {
            throw new IOException("Uploading parts failed", new IOException(said));
        });
        check(LONG, address -> {
            throw new IOException("twice: " + said.getMessage(), said);
        });
        check(LONG, address -> {
            throw new IOException("nothing more", new IllegalStateException());
        });

        assertThat(problems.found())
                .extracting(Object::toString)
                .satisfiesExactly(
                        first -> assertThat(first)
                                .contains(
                                        "IOException, Uploading parts failed (IOException, Content-MD5 is required);"),
                        second -> assertThat(second).contains("IOException, twice: Content-MD5 is required;"),
                        third -> assertThat(third).contains("IOException, nothing more;"));
    }
}
