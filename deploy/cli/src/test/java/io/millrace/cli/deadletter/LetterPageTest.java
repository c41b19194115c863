package io.millrace.cli.deadletter;

import static io.millrace.cli.deadletter.Letters.NOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LetterPageTest {
    @TempDir
    private Path folder;

    @Test
    void showsWhyFromWhereTheSourcesHeadersAndThePayload() {
        List<Letter.Header> headers = Letters.join(
                Letters.headers("cdc-sync", "parse", "java.io.IOException"),
                Letters.headers("millrace-version", "42", "dlq-stage", "of the source"));
        assertThat(page(Letters.letter(0, 17, NOON, headers, "{\"id\":1}")).lines())
                .containsExactly(
                        "letter            0:17",
                        "written           2026-11-24T12:00:00Z",
                        "source topic      dbserver1.public.users",
                        "source partition  2",
                        "source offset     9007199254740993",
                        "source timestamp  1764000000000 (2025-11-24T16:00:00Z)",
                        "version           36028797018963968",
                        "pipeline          cdc-sync",
                        "stage             parse",
                        "error class       java.io.IOException",
                        "error message     field [age] refused",
                        "attempt           1",
                        "key               key",
                        "headers of the source:",
                        "  millrace-version: 42",
                        "  dlq-stage: of the source",
                        "payload           8 bytes",
                        "{",
                        "  \"id\" : 1",
                        "}");
    }

    @Test
    void aTombstoneHasNoPayload() {
        Letter tombstone = new Letter(0, 1, NOON, List.of(), null, null);
        assertThat(page(tombstone)).contains("(null: a tombstone)").contains("key               (none)");
    }

    @Test
    void hostileTextIsEscapedEverywhere() {
        List<Letter.Header> headers =
                Letters.join(Letters.headers("\u001b[1m", "s", "e"), Letters.headers("x\u0007", "y\u001b]52;c;"));
        String page = page(Letters.letter(0, 1, NOON, headers, "\u001b[2J not json"));
        assertThat(page).doesNotContain("\u001b").doesNotContain("\u0007").contains("\\u001b[1m", "x\\u0007");
    }

    @Test
    void aPayloadInAFileIsOpened() throws Exception {
        Path file = Files.writeString(folder.resolve("payload"), "{\"big\":true}");
        String page = page(overflow(file.toUri().toString(), sha256("{\"big\":true}"), 12));
        assertThat(page)
                .contains("stored in         file:")
                .contains("payload           12 bytes")
                .contains("\"big\" : true");
    }

    @Test
    void aFileWithOtherContentIsNotShown() throws Exception {
        Path file = Files.writeString(folder.resolve("payload"), "root:secret:");
        String page = page(overflow(file.toUri().toString(), sha256("another text"), 12));
        assertThat(page)
                .contains("not opened: the file's SHA-256 is not the letter's")
                .doesNotContain("secret");
    }

    @Test
    void aFileElsewhereIsOnlyNamed() throws Exception {
        assertThat(page(overflow("s3://bucket/payload", sha256("x"), 1)))
                .contains("stored in         s3://bucket/payload")
                .contains("not opened: only file: addresses are opened");
        assertThat(page(overflow(folder.resolve("gone").toUri().toString(), sha256("x"), 1)))
                .contains("not opened: the file is not on this machine");
    }

    @Test
    void anAddressThatIsNoneIsAnIoException() {
        assertThatThrownBy(() -> new Overflow("a b\u0000", "00", 1).read()).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> new Overflow("file:relative", "00", 1).read()).isInstanceOf(IOException.class);
    }

    private static Letter overflow(String address, String sha256, int size) {
        List<Letter.Header> headers =
                Letters.join(Letters.headers("p", "s", "e"), Letters.headers("dlq-overflow", "value"));
        return Letters.letter(
                0,
                1,
                NOON,
                headers,
                "{\"address\":\"%s\",\"sha256\":\"%s\",\"size\":%d}".formatted(address, sha256, size));
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    }

    private static String page(Letter letter) {
        StringWriter text = new StringWriter();
        new LetterPage(letter, new PrintWriter(text)).print();
        return text.toString();
    }
}
