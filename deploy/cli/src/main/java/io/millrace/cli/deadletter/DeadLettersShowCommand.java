package io.millrace.cli.deadletter;

import io.millrace.cli.CommandFailure;
import io.millrace.cli.MillraceCommand;
import io.millrace.cli.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace dlq show}. */
@Command(
        name = "show",
        description = {
            "Prints one dead letter: why, from where, the source's own headers, and the original bytes.",
            "",
            "JSON is indented, anything else is a hexadecimal dump; control characters are escaped. A payload that was"
                    + " too large for Kafka is read from the file that holds it, if it is on this machine and its"
                    + " SHA-256 is right."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  millrace dlq show 0:17", "  millrace dlq show 0:17 --save payload.bin"})
final class DeadLettersShowCommand extends MillraceCommand {
    private final Workspace workspace;

    @Mixin
    private final LetterSource source = new LetterSource();

    @Parameters(
            paramLabel = "PARTITION:OFFSET",
            converter = LetterPosition.Converter.class,
            description = "Which letter, as `millrace dlq list` prints it.")
    @SuppressWarnings("NullAway.Init")
    private LetterPosition position;

    @Option(
            names = "--save",
            paramLabel = "FILE",
            description = "Also write the original bytes to a file that does not exist yet.")
    private @Nullable Path save;

    DeadLettersShowCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws IOException {
        Letter letter;
        try (LetterReader reader = source.open(workspace)) {
            letter = reader.read(position.partition(), position.offset())
                    .orElseThrow(() -> new CommandFailure("there is no letter at " + position.partition() + ":"
                            + position.offset() + "; retention or a transaction left a hole there"));
        }
        new LetterPage(letter, out()).print();
        if (save != null) {
            save(letter, save);
        }
        return 0;
    }

    private void save(Letter letter, Path file) throws IOException {
        Optional<Overflow> overflow = Overflow.of(letter);
        byte[] bytes = overflow.isPresent() ? overflow.get().read() : letter.value();
        if (bytes == null) {
            throw new CommandFailure("the letter is a tombstone: there is no payload to save");
        }
        if (Files.exists(file)) {
            throw new CommandFailure("--save " + file + " exists already; name another file");
        }
        Files.write(file, bytes, StandardOpenOption.CREATE_NEW);
        out().println("saved " + bytes.length + " bytes to " + file);
    }
}
