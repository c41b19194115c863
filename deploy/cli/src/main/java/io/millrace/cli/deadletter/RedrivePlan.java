package io.millrace.cli.deadletter;

import io.millrace.cli.Printable;
import io.millrace.cli.TextTable;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which letters are sent again, and why the others are not. Holds positions and counts, never a payload. */
final class RedrivePlan {
    private static final String CAPTURED = "-1";

    private final RedriveHistory history;
    private final Map<String, Duration> memories;
    private final boolean parkedToo;
    private final Instant now;
    private final Set<RedriveKey> judged = new HashSet<>();
    private final Set<LetterPosition> chosen = new HashSet<>();
    private final Set<String> topics = new TreeSet<>();
    private final Map<Row, Long> counts =
            new TreeMap<>(Comparator.comparing((Row row) -> row.kind().pipeline())
                    .thenComparing(row -> row.kind().stage())
                    .thenComparing(row -> row.kind().errorClass())
                    .thenComparing(Row::verdict));

    private record Row(LetterDigest.Kind kind, RedriveVerdict verdict) {}

    /**
     * Begins an empty plan.
     *
     * @param memories for how long the targets of a pipeline remember a deletion, as far as it is known and ends
     * @param parkedToo whether to send what has failed more than once
     */
    RedrivePlan(RedriveHistory history, Map<String, Duration> memories, boolean parkedToo, Instant now) {
        this.history = history;
        this.memories = memories;
        this.parkedToo = parkedToo;
        this.now = now;
    }

    /** Judges a letter; of several that tell of one record only one counts. */
    void add(Letter letter) {
        RedriveKey record = RedriveKey.of(letter);
        if (!history.isLatest(letter) || !judged.add(record)) {
            return;
        }
        RedriveVerdict verdict = judge(letter, record);
        counts.merge(new Row(LetterDigest.Kind.of(letter), verdict), 1L, Long::sum);
        if (verdict == RedriveVerdict.SEND) {
            chosen.add(new LetterPosition(letter.partition(), letter.offset()));
            topics.add(record.topic());
        }
    }

    private RedriveVerdict judge(Letter letter, RedriveKey record) {
        if (record.pipeline().isEmpty()
                || !letter.text(LetterHeader.SOURCE_OFFSET).matches("\\d{1,19}")) {
            return RedriveVerdict.FOREIGN;
        }
        if (letter.text(LetterHeader.SOURCE_PARTITION).equals(CAPTURED)) {
            return RedriveVerdict.CAPTURED;
        }
        if (letter.text(LetterHeader.STAGE).startsWith("kafka.")) {
            return RedriveVerdict.TOPIC;
        }
        if (history.isSent(record)) {
            return RedriveVerdict.SENT;
        }
        if (isForgotten(letter, record)) {
            return RedriveVerdict.TOO_OLD;
        }
        if (history.attempts(record) > 1 && !parkedToo) {
            return RedriveVerdict.PARKED;
        }
        return RedriveRecord.isHere(letter) ? RedriveVerdict.SEND : RedriveVerdict.AWAY;
    }

    private boolean isForgotten(Letter letter, RedriveKey record) {
        Optional<Duration> memory = Optional.ofNullable(memories.get(record.pipeline()));
        return memory.isPresent()
                && letter.sourceTime()
                        .map(time -> !time.plus(memory.get()).isAfter(now))
                        .orElse(false);
    }

    boolean isChosen(Letter letter) {
        return chosen.contains(new LetterPosition(letter.partition(), letter.offset()));
    }

    int chosen() {
        return chosen.size();
    }

    /** The topics that the chosen letters go to. */
    Set<String> topics() {
        return topics;
    }

    /** How many records there are, whatever becomes of them. */
    int records() {
        return judged.size();
    }

    void print(PrintWriter out) {
        TextTable table = new TextTable("COUNT", "PIPELINE", "STAGE", "ERROR", "WHAT HAPPENS");
        counts.forEach((row, count) -> table.row(
                String.valueOf(count),
                Printable.line(row.kind().pipeline()),
                Printable.line(row.kind().stage()),
                Printable.line(row.kind().errorClass()),
                row.verdict().words()));
        table.print(out);
    }
}
