package io.millrace.shop.visitors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VisitorScriptTest {

    private static final Instant BEGIN = Instant.parse("2026-03-01T09:00:00Z");
    private static final VisitorOptions OPTIONS = VisitorOptions.beginning(BEGIN, 7);
    private static final VisitorTopics TOPICS = VisitorTopics.standard();

    private final VisitorCounts counts = new VisitorCounts();

    @Test
    void theSameSeedTellsTheSame() {
        List<String> once = texts(hours(OPTIONS, 2));
        List<String> again = texts(hours(OPTIONS, 2));
        List<String> otherwise = texts(hours(VisitorOptions.beginning(BEGIN, 8), 2));

        assertThat(again).isEqualTo(once);
        assertThat(otherwise).isNotEqualTo(once);
    }

    @Test
    void whatIsToldInSmallStepsIsTheSameAndInOrder() {
        VisitorScript script = new VisitorScript(TOPICS, OPTIONS, counts);
        List<Telling> told = new ArrayList<>();
        for (int minute = 1; minute <= 120; minute++) {
            told.addAll(script.upTo(BEGIN.plus(Duration.ofMinutes(minute))));
        }

        assertThat(told).isSortedAccordingTo(Telling.IN_TIME);
        assertThat(texts(told)).hasSameElementsAs(texts(hours(OPTIONS, 2)));
    }

    @Test
    void noActionIsToldAfterItsHourAndNothingAMinuteLate() {
        Map<String, Long> late = new HashMap<>();
        for (Telling telling : firstTellings()) {
            late.merge(telling.topic(), telling.at() - telling.of(), Math::max);
            assertThat(telling.topic().equals(TOPICS.actions()) && isLateFor(3_600_000, telling))
                    .isFalse();
        }

        assertThat(late.values()).allMatch(most -> most > 10_000 && most < 60_000);
    }

    @Test
    void someActionsAreToldWhenTheirFiveMinutesAreOver() {
        List<String> corrected = firstTellings().stream()
                .filter(telling -> telling.topic().equals(TOPICS.actions()) && isLateFor(300_000, telling))
                .map(VisitorScriptTest::text)
                .toList();

        assertThat(corrected)
                .hasSizeGreaterThan(20)
                .anyMatch(text -> text.contains("\"type\":\"click\""))
                .anyMatch(text -> text.contains("\"type\":\"purchase\""));
    }

    /** Tells whether whoever counts by stretches of a length, and is behind by some seconds, had told the action's. */
    private static boolean isLateFor(long stretch, Telling telling) {
        return telling.at() - telling.of() > 5_000 && telling.at() / stretch != telling.of() / stretch;
    }

    private List<Telling> firstTellings() {
        Set<String> known = new HashSet<>();
        return hours(OPTIONS, 3).stream()
                .filter(telling -> telling.value() == null || known.add(text(telling)))
                .toList();
    }

    @Test
    void someComeOftenAndSomeDoWhatNobodyShould() {
        List<Telling> told = hours(OPTIONS, 3);

        assertThat(told.stream()
                        .filter(telling -> telling.key().equals("visitor-1"))
                        .count())
                .isGreaterThan(10
                        * told.stream()
                                .filter(telling -> telling.key().equals("visitor-300"))
                                .count());
        assertThat(counts.all())
                .containsKeys("sessions", "repeated", "late", "broken")
                .doesNotContainKey("too late");
        assertThat(texts(told))
                .anyMatch(text -> text.contains("\"type\":\"purchase\"") && text.contains("\"amount\":\""))
                .anyMatch(text -> text.contains("\"experiment\":{\"id\":\"checkout-button\""));
    }

    @Test
    void whatDoesNotSayItsNameHasItBesideIt() {
        VisitorScript script = new VisitorScript(TOPICS, OPTIONS, counts);
        script.nameNothing();
        List<Telling> told = script.upTo(BEGIN.plus(Duration.ofHours(2)));
        List<String> names =
                told.stream().map(Telling::name).filter(Objects::nonNull).toList();

        assertThat(texts(told)).noneMatch(text -> text.contains("\"eventId\""));
        assertThat(names.size() - new HashSet<>(names).size())
                .isGreaterThan(20)
                .isCloseTo((int) counts.get(VisitorCounts.REPEATED), within(20));
        assertThat(hours(OPTIONS, 1)).extracting(Telling::name).containsOnlyNulls();
    }

    @Test
    void whatIsTooLateIsOfTheFirstTenMinutes() {
        VisitorScript script = new VisitorScript(TOPICS, OPTIONS, counts);
        script.upTo(BEGIN.plus(Duration.ofHours(1)));
        script.letSomeBeTooLate();
        List<Telling> old = script.upTo(BEGIN.plus(Duration.ofHours(2))).stream()
                .filter(telling -> telling.at() - telling.of() > 1_800_000)
                .toList();

        assertThat(old).hasSize((int) counts.get(VisitorCounts.TOO_LATE)).isNotEmpty();
        assertThat(old)
                .allMatch(telling ->
                        telling.of() <= BEGIN.plus(Duration.ofMinutes(10)).toEpochMilli());
    }

    @Test
    void closingTimeIsAfterEveryHourAndSession() {
        VisitorScript script = new VisitorScript(TOPICS, OPTIONS, counts);
        Instant now = BEGIN.plus(Duration.ofMinutes(100));
        script.upTo(now);
        Instant last = VisitorScript.lastMinute(now);
        List<Telling> told = script.closing(last, Map.of(TOPICS.views(), 3));

        assertThat(last).isEqualTo("2026-03-01T11:27:00Z");
        assertThat(told.subList(told.size() - 3, told.size()))
                .allMatch(telling ->
                        telling.at() == Instant.parse("2026-03-01T12:02:00Z").toEpochMilli())
                .extracting(Telling::partition)
                .containsExactly(0, 1, 2);
        assertThat(told.subList(0, told.size() - 3)).allMatch(telling -> telling.of() <= last.toEpochMilli());
    }

    @Test
    void closingTimeIsOfTheSameDayAsTheLastVisitors() {
        assertThat(VisitorScript.lastMinute(Instant.parse("2026-03-01T22:30:00Z")))
                .isEqualTo("2026-03-02T00:27:00Z");
        assertThat(VisitorScript.lastMinute(Instant.parse("2026-03-01T23:40:00Z")))
                .isEqualTo("2026-03-02T00:27:00Z");
        assertThat(VisitorScript.lastMinute(Instant.parse("2026-03-01T10:27:00Z")))
                .isEqualTo("2026-03-01T10:27:00Z");
    }

    private List<Telling> hours(VisitorOptions options, int hours) {
        return new VisitorScript(TOPICS, options, counts).upTo(BEGIN.plus(Duration.ofHours(hours)));
    }

    private static List<String> texts(List<Telling> told) {
        return told.stream().map(VisitorScriptTest::text).toList();
    }

    private static String text(Telling telling) {
        byte[] value = telling.value();
        return telling.topic() + (value == null ? "" : new String(value, StandardCharsets.UTF_8));
    }
}
