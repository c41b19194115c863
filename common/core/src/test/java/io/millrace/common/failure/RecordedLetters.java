package io.millrace.common.failure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A dead-letter queue for tests that keeps what it is given. Survives serialization: letters are kept by name. */
public record RecordedLetters(String name) implements DeadLetterQueue {

    private static final Map<String, List<DeadLetter>> WRITTEN = new ConcurrentHashMap<>();

    public List<DeadLetter> written() {
        return WRITTEN.getOrDefault(name, List.of());
    }

    @Override
    public DeadLetterWriter open() {
        List<DeadLetter> letters = WRITTEN.computeIfAbsent(name, ignored -> new ArrayList<>());
        return new DeadLetterWriter() {
            @Override
            public void write(List<DeadLetter> refused) throws IOException {
                letters.addAll(refused);
            }

            @Override
            public void close() {
                WRITTEN.remove(name);
            }
        };
    }
}
