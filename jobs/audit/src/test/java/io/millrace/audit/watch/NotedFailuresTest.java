package io.millrace.audit.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.archive.file.ArchiveFile;
import io.millrace.archive.file.ArchiveFolder;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A store that answers that a file is not there has answered; one that does not answer says nothing about the file. */
class NotedFailuresTest {

    private final Scripted scripted = new Scripted();
    private final NotedFailures folder = new NotedFailures(scripted);

    /** Fails with what it is told to fail with. */
    private static final class Scripted implements ArchiveFolder, ArchiveFile {

        private @Nullable IOException next;
        private int asked;

        private void ask() throws IOException {
            asked++;
            if (next != null) {
                throw next;
            }
        }

        @Override
        public List<String> list(String name) throws IOException {
            ask();
            return List.of(name);
        }

        @Override
        public boolean has(String name) throws IOException {
            ask();
            return true;
        }

        @Override
        public ArchiveFile open(String name) throws IOException {
            ask();
            return this;
        }

        @Override
        public long size() {
            return 1;
        }

        @Override
        public byte[] read(long position, int length) throws IOException {
            ask();
            return new byte[length];
        }

        @Override
        public void close() {
            // there is nothing to close
        }
    }

    @Test
    void nothingIsNotedOfAStoreThatAnswers() throws IOException {
        assertThat(folder.list("a")).containsExactly("a");
        assertThat(folder.has("a")).isTrue();
        assertThat(folder.read("a", 1)).hasSize(1);
        try (ArchiveFile file = folder.open("a")) {
            assertThat(file.size()).isEqualTo(1);
            assertThat(file.read(0, 1)).hasSize(1);
        }
        assertThatCode(folder::throwIfAny).doesNotThrowAnyException();
    }

    @Test
    void aFileThatIsMissingOrShorterIsAnAnswer() {
        for (IOException answer :
                List.of(new NoSuchFileException("a"), new FileNotFoundException("a"), new EOFException("it ends"))) {
            scripted.next = answer;
            assertThatThrownBy(() -> folder.read("a", 1)).isSameAs(answer);
            assertThatThrownBy(() -> folder.open("a")).isSameAs(answer);
        }
        assertThatCode(folder::throwIfAny).doesNotThrowAnyException();
    }

    /** Whichever question it was, also one about a file that was open before; and nobody forgets it by a later answer. */
    @Test
    void whatIsNoAnswerIsNoted() throws IOException {
        ArchiveFile open = folder.open("a");
        IOException away = new IOException("connection refused");
        List<Runnable> questions = List.of(
                () -> assertThatThrownBy(() -> folder.list("a")).isSameAs(away),
                () -> assertThatThrownBy(() -> folder.has("a")).isSameAs(away),
                () -> assertThatThrownBy(() -> folder.open("a")).isSameAs(away),
                () -> assertThatThrownBy(() -> folder.read("a", 1)).isSameAs(away),
                () -> assertThatThrownBy(() -> open.read(0, 1)).isSameAs(away));
        for (Runnable question : questions) {
            scripted.next = away;
            question.run();
            scripted.next = null;
            assertThatThrownBy(folder::throwIfAny).isSameAs(away);
        }
        assertThat(folder.has("a")).isTrue();
        assertThatThrownBy(folder::throwIfAny).isSameAs(away);
    }

    @Test
    void aThreadThatIsInterruptedAsksNothingMore() {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> folder.has("a")).isInstanceOf(InterruptedIOException.class);
        } finally {
            assertThat(Thread.interrupted()).as("and it stays so").isTrue();
        }
        assertThat(scripted.asked).isZero();
        assertThatThrownBy(folder::throwIfAny).isInstanceOf(InterruptedIOException.class);
    }
}
