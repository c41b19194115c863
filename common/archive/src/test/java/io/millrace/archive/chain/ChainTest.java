package io.millrace.archive.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.archive.bytes.Hash;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Known answers were computed by Python's hashlib from the format's text. */
class ChainTest {

    private static final ChainId ID = new ChainId("production", "audit-logs", 3);
    private static final byte[] NO_HEADERS = new byte[5];

    private final Chain chain = new Chain(ID);

    private static byte[] clear(String text) {
        return ("\0" + text).getBytes(StandardCharsets.UTF_8);
    }

    private static Content content() {
        return new Content(clear("user-7"), NO_HEADERS, clear("{\"eventType\":\"READ\"}"));
    }

    private static Fields fields() {
        return new Fields(Kind.EVENT, 1772409599000L, "e-1", "READ", "~x", null, "Zoë", null);
    }

    @Test
    void beginsWithTheHashOfItsName() {
        assertThat(chain.genesis()).hasToString("5b02aa34c5b7c470ec0f18a4f6e975716bab088d506eb6062945f4c64880bf8b");
    }

    @Test
    void hashesPositionTimeContentAndWhatWasBefore() {
        Entry first = chain.entry(1200, 1772409600000L, content(), fields(), chain.genesis());
        Content nothing = new Content(null, NO_HEADERS, null);

        assertThat(first.hash()).hasToString("8275cfa950ed3ab069f38760e0cede26139ebf8fc3e5e298f4bd4c2875a12841");
        assertThat(first.rowHash()).hasToString("8a648b9faadbb03f1e0b4ea930d329790bb1b39158ebd0ce4920b6ecb9694cb1");
        assertThat(chain.hash(1203, 1772409600001L, nothing, first.hash()))
                .hasToString("db275907f354d75dc599a0fd6f38f889fb2d4ee2e66c96091caeba32bc5448e3");
    }

    @Test
    void everythingThatItDependsOnMakesAnotherHash() {
        Hash zero = Hash.ZERO;
        byte[] key = clear("k");
        List<Hash> hashes = List.of(
                chain.hash(1, 2, new Content(key, NO_HEADERS, null), zero),
                chain.hash(2, 2, new Content(key, NO_HEADERS, null), zero),
                chain.hash(1, 3, new Content(key, NO_HEADERS, null), zero),
                chain.hash(1, 2, new Content(null, NO_HEADERS, key), zero),
                chain.hash(1, 2, new Content(key, new byte[4], null), zero),
                chain.hash(1, 2, new Content(key, NO_HEADERS, new byte[0]), zero),
                chain.hash(1, 2, new Content(key, NO_HEADERS, null), chain.genesis()),
                new Chain(new ChainId("production", "audit-logs", 4))
                        .hash(1, 2, new Content(key, NO_HEADERS, null), zero),
                new Chain(new ChainId("staging", "audit-logs", 3))
                        .hash(1, 2, new Content(key, NO_HEADERS, null), zero));

        assertThat(new HashSet<>(hashes)).hasSameSizeAs(hashes);
    }

    @Test
    void everyFieldMakesAnotherRowHash() {
        Hash hash = chain.genesis();
        Set<Hash> hashes = new HashSet<>(List.of(
                chain.rowHash(hash, Fields.none(Kind.EVENT)),
                chain.rowHash(hash, Fields.none(Kind.MALFORMED)),
                chain.rowHash(hash, new Fields(Kind.EVENT, 0L, null, null, null, null, null, null)),
                chain.rowHash(hash, new Fields(Kind.EVENT, null, "a", null, null, null, null, null)),
                chain.rowHash(hash, new Fields(Kind.EVENT, null, null, "a", null, null, null, null)),
                chain.rowHash(hash, new Fields(Kind.EVENT, null, null, null, "a", null, null, null)),
                chain.rowHash(hash, new Fields(Kind.EVENT, null, null, null, null, "a", null, null)),
                chain.rowHash(hash, new Fields(Kind.EVENT, null, null, null, null, null, "a", null)),
                chain.rowHash(hash, new Fields(Kind.EVENT, null, null, null, null, null, null, "a")),
                chain.rowHash(Hash.ZERO, Fields.none(Kind.EVENT))));

        assertThat(hashes).hasSize(10);
    }

    @Test
    void refusesNamesThatFilesAndTopicsCannotHave() {
        assertThatThrownBy(() -> new ChainId("my archive", "audit-logs", 0)).hasMessageContaining("'my archive'");
        assertThatThrownBy(() -> new ChainId("a", "", 0)).hasMessageContaining("topic");
        assertThatThrownBy(() -> new ChainId("a", "b", -1)).hasMessageContaining("-1");
        assertThatThrownBy(() -> new Position(ID, -1)).hasMessageContaining("offset -1");
    }
}
