package io.millrace.audit.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.archive.verify.Finding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What of a verifier's findings is told at once, and what is looked at a while first. */
class WrongTest {

    private static Wrong wrong(Finding.Kind kind, String where) {
        return Wrong.of(new Finding(kind, 3, 7L, where, "what"));
    }

    @ParameterizedTest
    @EnumSource(Finding.Kind.class)
    void saysWhatTheVerifierSaid(Finding.Kind kind) {
        Wrong wrong = wrong(kind, "audit/x");

        assertThat(wrong.place().where()).isEqualTo("audit/x");
        assertThat(wrong.place().kind()).matches("[a-z-]+");
        assertThat(wrong.partition()).isEqualTo(3);
        assertThat(wrong.offset()).isEqualTo(7);
        assertThat(wrong.what()).isEqualTo("what");
    }

    /** A file may be about to be listed, a new partition is sealed last: neither is told in the first moment. */
    @ParameterizedTest
    @CsvSource({
        "DIGEST, digests/dt=2026-03-02/0.json, true, false",
        "DIGEST, digests, false, false",
        "FILE, audit/dt=2026-03-02/0-1-2.parquet, true, true",
        "RECORD, audit/dt=2026-03-02/0-1-2.parquet, true, true",
        "UNKNOWN_FILE, audit/x, false, false",
        "WITNESS, digests/dt=2026-03-02/0.json, true, false",
        "EXPIRY, expired/dt=2026-03-02/0.json, true, false",
        "TOPIC, audit-logs, true, false",
    })
    void onlyDamageIsCertainAndOnlyReadingShowsThatOfFiles(
            Finding.Kind kind, String where, boolean isCertain, boolean isOfFiles) {
        Wrong wrong = wrong(kind, where);

        assertThat(wrong.isCertain()).isEqualTo(isCertain);
        assertThat(Wrong.isOfFiles(wrong.place().kind())).isEqualTo(isOfFiles);
    }

    @Test
    void aStoreThatDoesNotAnswerComesBack() {
        Wrong away = Wrong.unverified("s3://audit/production", "no answer");

        assertThat(away.isCertain()).isFalse();
        assertThat(away.offset()).isNull();
        assertThat(away.what()).isEqualTo("it could not be verified: no answer");
    }

    /** A name of any length takes no more of a checkpoint than others. */
    @Test
    void ofALongNameTheBeginningIsThePlace() {
        Place one = wrong(Finding.Kind.FILE, "a".repeat(100_000)).place();
        Place other = wrong(Finding.Kind.FILE, "a".repeat(300) + "b").place();

        assertThat(one.where()).hasSize(300);
        assertThat(one).isEqualTo(other).isEqualByComparingTo(other);
        assertThat(wrong(Finding.Kind.FILE, "").place().where()).isEmpty();
    }
}
