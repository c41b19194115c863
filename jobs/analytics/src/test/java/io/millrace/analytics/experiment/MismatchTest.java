package io.millrace.analytics.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.replay.Fence;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Of 0.001, and at least 1,000 users. */
class MismatchTest {

    @Test
    void anExperimentThatComesIntoAMismatchIsToldOfOnce() throws Exception {
        try (Experiments experiments = new Experiments()) {
            experiments.show(600, "control", 1);
            experiments.show(400, "new", 2);
            experiments.reach(60);
            experiments.show(10, "new", 61);
            experiments.reach(120);

            assertThat(experiments.alerts())
                    .singleElement()
                    .asString()
                    .matches("\\{\"type\":\"sample-ratio-mismatch\",\"pipeline\":\"analytics\",\"experiment\":\"x\","
                            + "\"windowEnd\":\"1970-01-01T01:00:00Z\",\"pValue\":2\\.5\\d*E-10,\"variants\":\\["
                            + "\\{\"variant\":\"control\",\"users\":600,\"expected\":500.0},"
                            + "\\{\"variant\":\"new\",\"users\":400,\"expected\":500.0}]}");
        }
    }

    @Test
    void oneThatHasLeftAndComesBackIsToldOfAgain() throws Exception {
        try (Experiments experiments = new Experiments()) {
            experiments.show(600, "control", 1);
            experiments.show(400, "new", 2);
            experiments.reach(60);
            experiments.show(190, "new", 61);
            experiments.reach(120);
            assertThat(experiments.alerts()).hasSize(1);
            experiments.show(300, "new", 121);
            experiments.reach(180);

            assertThat(experiments.alerts()).hasSize(2);
        }
    }

    @Test
    void aRestartTellsNothingAgain() throws Exception {
        try (Experiments experiments = new Experiments()) {
            experiments.show(600, "control", 1);
            experiments.show(400, "new", 2);
            experiments.reach(60);
            experiments.restart(experiments.state());
            experiments.show("ada", "control", 61);
            experiments.reach(120);

            assertThat(experiments.alerts()).isEmpty();
        }
    }

    /** Nobody was told of what came about in the history, and the first hour behind it tells. */
    @Test
    void oneThatGoesOnWhenTheJobStartsIsToldOfWithTheFirstHourAfterThat() throws Exception {
        Fence history = Fence.parse("user-actions:0=1012");
        try (Experiments experiments = new Experiments(Experiments.EQUAL, new Mismatch(0.001, 1_000), history)) {
            experiments.show(600, "control", 1);
            experiments.show(400, "new", 2);
            experiments.reach(60);
            experiments.show(10, "new", 61);
            experiments.reach(120);
            assertThat(experiments.alerts()).isEmpty();
            experiments.restart(experiments.state());
            for (int hour = 2; hour < 5; hour++) {
                experiments.show(5, "new", hour * 60 + 1);
                experiments.reach(hour * 60 + 60);
            }

            assertThat(experiments.alerts())
                    .singleElement()
                    .asString()
                    .contains("\"windowEnd\":\"1970-01-01T03:00:00Z\"", "\"users\":415");
        }
    }

    /** The control: 600 to 600 is no mismatch any more. */
    @Test
    void oneThatEndsWithTheHistoryIsToldToNobody() throws Exception {
        Fence history = Fence.parse("user-actions:0=1201");
        try (Experiments experiments = new Experiments(Experiments.EQUAL, new Mismatch(0.001, 1_000), history)) {
            experiments.show(600, "control", 1);
            experiments.show(400, "new", 2);
            experiments.reach(60);
            experiments.show(200, "new", 61);
            experiments.reach(120);
            experiments.show(5, "new", 121);
            experiments.reach(180);

            assertThat(experiments.alerts()).isEmpty();
        }
    }

    @Test
    void fewUsersAndSmallDifferencesAlarmNobody() throws Exception {
        try (Experiments experiments = new Experiments()) {
            experiments.show(599, "control", 1);
            experiments.show(400, "new", 2);
            experiments.reach(60);
            assertThat(experiments.alerts()).as("999 users").isEmpty();
            experiments.show(130, "new", 61);
            experiments.reach(120);
            assertThat(experiments.alerts()).as("599 of 1,129").isEmpty();
            experiments.show(100, "control", 121);
            experiments.reach(180);

            assertThat(experiments.alerts()).as("the control: 699 of 1,229").hasSize(1);
        }
    }

    @Test
    void aUserOfManyHoursIsAskedForOnce() throws Exception {
        try (Experiments experiments = new Experiments()) {
            for (int hour = 0; hour < 10; hour++) {
                for (int i = 0; i < 200; i++) {
                    experiments.show("control " + i, "control", hour * 60 + 1);
                }
                experiments.show(20, "new", hour * 60 + 2);
            }
            experiments.show(350, "control", 601);
            experiments.show(350, "new", 602);
            experiments.reach(700);

            assertThat(experiments.alerts()).as("550 to 550").isEmpty();
        }
    }

    @Test
    void aCorrectionIsJudgedInPlaceOfWhatItCorrects() throws Exception {
        try (Experiments experiments = new Experiments()) {
            experiments.show(500, "control", 1);
            experiments.show(500, "new", 2);
            experiments.reach(60.5);
            for (int i = 0; i < 150; i++) {
                experiments.show("late " + i, "new", 3);
            }

            assertThat(experiments.alerts())
                    .singleElement()
                    .asString()
                    .as("500 and 610 are the first that are a mismatch")
                    .contains("\"users\":500,\"expected\":555.0", "\"users\":610");
        }
    }

    @Test
    void theSplitIsTheOneThatIsConfigured() throws Exception {
        Split split = Split.parse(Map.of("x", "control=60, new=40"));
        try (Experiments experiments = new Experiments(split, new Mismatch(0.001, 1_000))) {
            experiments.show(600, "control", 1);
            experiments.show(400, "new", 2);
            experiments.reach(60);
            assertThat(experiments.alerts()).isEmpty();
            experiments.show("eve", "newer", 61);
            experiments.reach(120);

            assertThat(experiments.alerts())
                    .as("a variant that should not be there")
                    .singleElement()
                    .asString()
                    .contains("\"pValue\":0.0", "{\"variant\":\"newer\",\"users\":1,\"expected\":0.0}");
        }
    }

    @Test
    void aVariantThatShouldBeThereIsMissed() throws Exception {
        Split split = Split.parse(Map.of("x", "control=1, new=1"));
        try (Experiments experiments = new Experiments(split, new Mismatch(0.001, 1_000))) {
            experiments.show(1_000, "control", 1);
            experiments.reach(60);

            assertThat(experiments.alerts()).hasSize(1);
            assertThat(experiments.rows())
                    .as("and is in the table")
                    .contains("0 new [] 0x, users 0/0, bought 0/0, crossed 0, orders 0 of 0, late 0 v1000");
        }
    }

    @Test
    void theFirstOfTheNamesThatIsThereIsTheControl() {
        ExperimentsTable table = new ExperimentsTable(1, Experiments.EQUAL, List.of("control", "a"));

        assertThat(controls(table, "a", "b")).containsExactly("a");
        assertThat(controls(table, "a", "control")).containsExactly("control");
        assertThat(controls(table, "b", "c")).isEmpty();
    }

    private static List<String> controls(ExperimentsTable table, String... variants) {
        Variants all = Variants.NONE;
        for (String variant : variants) {
            all = all.plus(new Variants(new java.util.TreeMap<>(Map.of(variant, Counts.ofExposures(1)))));
        }
        ExperimentResult result =
                new ExperimentResult(new io.millrace.analytics.window.Window("x", 0, 3_600_000), all, 0, Moment.NEVER);
        return table.rows(result, all.counts().keySet()).stream()
                .map(row -> new String(row.after(), java.nio.charset.StandardCharsets.UTF_8))
                .filter(row -> row.contains("\"is_control\":1"))
                .map(row -> row.replaceAll(".*\"variant\":\"(.*?)\".*", "$1"))
                .toList();
    }
}
