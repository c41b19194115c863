package io.millrace.archive.crypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredFormTest {

    private static StoredForm clear(String text) {
        return new StoredForm.Clear(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void expectSame(StoredForm form) {
        assertThat(StoredForm.of(form.toBytes())).usingRecursiveComparison().isEqualTo(form);
        assertThat(StoredForm.ofText(form.toText())).usingRecursiveComparison().isEqualTo(form);
    }

    @Test
    void isReadAsItWasWritten() {
        expectSame(new StoredForm.Erased());
        expectSame(new StoredForm.Encrypted(
                List.of(UUID.randomUUID(), UUID.randomUUID()), new byte[AesGcm.NONCE], new byte[] {1, 2, 3}));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "DOCUMENT_READ", "~", "~~", "~x", "~eAQ", "Zoë"})
    void clearTextIsNeverTakenForAnythingElse(String text) {
        expectSame(clear(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "DOCUMENT_READ", "~", "~~", "~x", "~eAQ", "Zoë"})
    void clearTextIsStoredAsItsBytesAre(String text) {
        assertThat(StoredForm.clearText(text)).isEqualTo(clear(text).toText());
    }

    @Test
    void ordinaryTextIsStoredAsItIs() {
        assertThat(clear("DOCUMENT_READ").toText()).isEqualTo("DOCUMENT_READ");
        assertThat(clear("~x").toText()).isEqualTo("~~x");
        assertThat(new StoredForm.Erased().toText()).isEqualTo("~x");
    }

    @Test
    void refusesWhatIsInNoForm() {
        assertThatThrownBy(() -> StoredForm.of(new byte[0])).hasMessageContaining("does not know");
        assertThatThrownBy(() -> StoredForm.of(new byte[] {3, 1})).hasMessageContaining("does not know");
        assertThatThrownBy(() -> StoredForm.of(new byte[] {2, 1})).hasMessageContaining("does not know");
        assertThatThrownBy(() -> StoredForm.of(new byte[] {1, 1, 0})).hasMessageContaining("end too early");
        assertThatThrownBy(() -> StoredForm.ofText("~y")).hasMessageContaining("does not know");
    }
}
