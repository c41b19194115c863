package io.millrace.archive.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.archive.bytes.Hash;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A chain is that of one partition of one topic in one archive, and begins as no other does. */
class ChainIdTest {

    @ParameterizedTest(name = "{index}")
    @ValueSource(strings = {"", " ", "a b", "a/b", "..%2f", "é", "a\u0000", "a\n", "\u0661", "a:b"})
    void whatAFileOrATopicCannotBeCalledIsNoName(String name) {
        assertThatThrownBy(() -> new ChainId(name, "audit-logs", 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the name of the archive");
        assertThatThrownBy(() -> new ChainId("test", name, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the name of the topic");
    }

    @Test
    void aNameHasAnEnd() {
        assertThatThrownBy(() -> new ChainId("a".repeat(250), "audit-logs", 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "audit-logs", "A.b_c-9", ".", ".."})
    void whatTheyAllCanIsOne(String name) {
        assertThatCode(() -> new ChainId(name, name, 0)).doesNotThrowAnyException();
        assertThatCode(() -> new ChainId("a".repeat(249), name, Integer.MAX_VALUE))
                .doesNotThrowAnyException();
    }

    @Test
    void thereIsNothingBelowZero() {
        ChainId chain = new ChainId("a", "b", 0);

        assertThatThrownBy(() -> new ChainId("a", "b", -1)).hasMessageContaining("partition -1 is below 0");
        assertThatThrownBy(() -> new Position(chain, -1)).hasMessageContaining("offset -1 is below 0");
    }

    /** Names of which one ends where the other begins are kept apart, and so are records at the same offset. */
    @Test
    void noTwoChainsBeginAlikeAndNoTwoPlacesHashAlike() {
        Set<Hash> hashes = new HashSet<>();
        ChainId[] chains = {
            new ChainId("ab", "c", 0),
            new ChainId("a", "bc", 0),
            new ChainId("abc", "c", 0),
            new ChainId("ab", "c", 1),
            new ChainId("ab", "c", 256),
            new ChainId("c", "ab", 0)
        };
        Content content = new Content(null, new byte[0], null);
        for (ChainId id : chains) {
            Chain chain = new Chain(id);
            hashes.add(chain.genesis());
            for (long offset : new long[] {0, 1, 256, 1L << 32, Long.MAX_VALUE}) {
                for (long time : new long[] {0, 1, -1}) {
                    hashes.add(chain.hash(offset, time, content, Hash.ZERO));
                }
            }
        }

        assertThat(hashes).hasSize(chains.length * (1 + 5 * 3));
    }

    /** What is missing, what is empty, and where one part ends: each is another record. */
    @Test
    void noTwoContentsHashAlike() {
        Chain chain = new Chain(new ChainId("a", "b", 0));
        byte[] nothing = {};
        byte[] one = {1};
        byte[] two = {1, 1};
        Set<Hash> hashes = new HashSet<>();
        int count = 0;
        for (byte[] key : new byte[][] {null, nothing, one, two}) {
            for (byte[] headers : new byte[][] {nothing, one, two}) {
                for (byte[] value : new byte[][] {null, nothing, one, two}) {
                    hashes.add(chain.hash(0, 0, new Content(key, headers, value), Hash.ZERO));
                    count++;
                }
            }
        }

        assertThat(hashes).hasSize(count);
    }

    /** A text moved from one field to the next, or left out, is another row. */
    @Test
    void noTwoFieldsHashAlike() {
        Chain chain = new Chain(new ChainId("a", "b", 0));
        Set<Hash> hashes = new HashSet<>();
        hashes.add(chain.rowHash(Hash.ZERO, Fields.none(Kind.EVENT)));
        hashes.add(chain.rowHash(Hash.ZERO, Fields.none(Kind.MALFORMED)));
        hashes.add(chain.rowHash(Hash.ZERO, Fields.none(Kind.ERASED)));
        for (String text : new String[] {"", "x", "null"}) {
            hashes.add(chain.rowHash(Hash.ZERO, new Fields(Kind.EVENT, null, text, null, null, null, null, null)));
            hashes.add(chain.rowHash(Hash.ZERO, new Fields(Kind.EVENT, null, null, text, null, null, null, null)));
            hashes.add(chain.rowHash(Hash.ZERO, new Fields(Kind.EVENT, null, null, null, text, null, null, null)));
            hashes.add(chain.rowHash(Hash.ZERO, new Fields(Kind.EVENT, null, null, null, null, text, null, null)));
            hashes.add(chain.rowHash(Hash.ZERO, new Fields(Kind.EVENT, null, null, null, null, null, text, null)));
            hashes.add(chain.rowHash(Hash.ZERO, new Fields(Kind.EVENT, null, null, null, null, null, null, text)));
        }
        for (long time : new long[] {0, 1, -1}) {
            hashes.add(chain.rowHash(Hash.ZERO, new Fields(Kind.EVENT, time, null, null, null, null, null, null)));
        }

        assertThat(hashes).hasSize(3 + 3 * 6 + 3);
    }
}
