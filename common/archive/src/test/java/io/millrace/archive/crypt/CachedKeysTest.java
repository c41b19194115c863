package io.millrace.archive.crypt;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.archive.chain.ChainId;
import io.millrace.archive.chain.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CachedKeysTest {

    private static final ChainId CHAIN = new ChainId("test", "audit-logs", 0);
    private static final Subject ANNA = Subject.person("anna");

    private final AtomicLong clock = new AtomicLong();
    private final MemoryKeys store = new MemoryKeys();
    private final CachedKeys cache = new CachedKeys(store, Duration.ofSeconds(5), 2, clock::get);

    /** Keys in memory, with what was asked for. */
    private static final class MemoryKeys implements KeyStore {

        private final Map<Subject, DataKey> keys = new HashMap<>();
        private final List<String> asked = new ArrayList<>();
        private long erasedUpTo = -1;

        @Override
        public Optional<DataKey> keyFor(Subject subject, Position position) {
            asked.add(subject.id() + "@" + position.offset());
            return position.offset() <= erasedUpTo
                    ? Optional.empty()
                    : Optional.of(keys.computeIfAbsent(
                            subject, none -> new DataKey(UUID.randomUUID(), new byte[DataKey.LENGTH])));
        }

        @Override
        public Optional<DataKey> key(UUID id) {
            return Optional.empty();
        }

        @Override
        public void close() {
            asked.add("close");
        }
    }

    private Optional<DataKey> ask(Subject subject, long offset) throws KeyStoreException {
        return cache.keyFor(subject, new Position(CHAIN, offset));
    }

    @Test
    void asksOnceInAWhile() throws KeyStoreException {
        Optional<DataKey> key = ask(ANNA, 10);
        clock.set(4_999);

        assertThat(ask(ANNA, 11)).isEqualTo(key);
        assertThat(store.asked).containsExactly("anna@10");
        clock.set(5_000);
        assertThat(ask(ANNA, 12)).isEqualTo(key);
        assertThat(store.asked).containsExactly("anna@10", "anna@12");
    }

    /** A replay brings records of before an erasure, for which no key may be given, while a later key is cached. */
    @Test
    void asksForAnEarlierRecordThanTheOneThatTheKeyWasGivenFor() throws KeyStoreException {
        store.erasedUpTo = 5;

        assertThat(ask(ANNA, 6)).isPresent();
        assertThat(ask(ANNA, 5)).isEmpty();
        assertThat(ask(ANNA, 6)).isPresent();
    }

    @Test
    void asksForEachPartitionByItself() throws KeyStoreException {
        ask(ANNA, 10);
        cache.keyFor(ANNA, new Position(new ChainId("test", "audit-logs", 1), 10));

        assertThat(store.asked).hasSize(2);
    }

    @Test
    void neverRemembersThatThereIsNoKey() throws KeyStoreException {
        store.erasedUpTo = 5;
        assertThat(ask(ANNA, 5)).isEmpty();
        store.erasedUpTo = 4;

        assertThat(ask(ANNA, 5)).isPresent();
    }

    @Test
    void holdsNoMoreThanItMay() throws KeyStoreException {
        ask(Subject.person("a"), 1);
        ask(Subject.person("b"), 2);
        ask(Subject.person("a"), 3);
        ask(Subject.person("c"), 4);
        ask(Subject.person("a"), 5);
        ask(Subject.person("b"), 6);
        cache.close();

        assertThat(store.asked).containsExactly("a@1", "b@2", "c@4", "b@6", "close");
    }
}
