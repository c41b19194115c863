package io.millrace.common.failure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Dead letters as lines of files, one file per writer, so that a test reads what any subtask wrote. */
public final class FileLetters implements DeadLetterQueue {

    private static final long serialVersionUID = 1L;

    private final String folder;

    public FileLetters(Path folder) {
        this.folder = folder.toString();
    }

    @Override
    public DeadLetterWriter open() throws IOException {
        Path file = Files.createTempFile(Path.of(folder), "letters", ".txt");
        return new DeadLetterWriter() {
            @Override
            public void write(List<DeadLetter> letters) throws IOException {
                Files.write(file, letters.stream().map(FileLetters::line).toList(), StandardOpenOption.APPEND);
            }

            @Override
            public void close() {}
        };
    }

    private static String line(DeadLetter letter) {
        return letter.record().offset() + " " + letter.stage() + " " + letter.errorClass() + " "
                + letter.errorMessage();
    }

    /** Returns {@code <offset> <stage> <error class> <message>} of each letter. */
    public List<String> read() throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            for (Path file : files.toList()) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        return lines;
    }
}
