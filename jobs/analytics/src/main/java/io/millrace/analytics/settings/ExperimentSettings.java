package io.millrace.analytics.settings;

import io.millrace.analytics.experiment.Mismatch;
import io.millrace.analytics.experiment.Split;
import io.millrace.common.config.ClientProperties;
import io.millrace.common.config.ConfigReader;
import io.millrace.common.config.Problems;
import io.millrace.common.config.Setting;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** How experiments are counted and judged. */
final class ExperimentSettings {

    private static final String CONTROL = "control";

    static final Setting<List<String>> CONTROLS = Setting.list(
            "experiments.controls",
            "Names of the variant that the others are compared with: of several, the first that an experiment has."
                    + " `control` if none is given.");

    static final Setting<ClientProperties> SPLIT = Setting.properties(
            "experiments.split",
            "How the users of an experiment should be split, as `checkout: control=50, new=50`; equally between the"
                    + " variants that are seen, for one that is not named. A variant that is not named among others"
                    + " should have no user.");

    static final Setting<String> BELOW = Setting.text(
                    "experiments.mismatch.below-p",
                    "0.001",
                    "A split is a mismatch if it is less likely than this by chance. It is asked each hour of all users"
                            + " so far: higher tells of more experiments that are right.")
            .mustBe(
                    text -> below(text) > 0 && below(text) <= 0.1,
                    "be a number above 0 and up to 0.1",
                    "what happens in one of ten experiments is no news");

    static final Setting<Integer> LEAST_USERS = Setting.integer(
                    "experiments.mismatch.least-users",
                    1_000,
                    "Users of an experiment before its split is judged. Lower tells sooner, and of splits that the next"
                            + " users would have mended.")
            .mustBe(users -> users >= 20, "be at least 20", "the test needs 5 in a variant");

    static final Setting<Duration> REMEMBERED = Setting.duration(
                    "experiments.remembered",
                    Duration.ofDays(30),
                    "How long after it was last shown an experiment is known, and that a user takes part in it; a user"
                            + " who comes back later counts anew. Each costs some 80 bytes of state.")
            .mustBe(
                    time -> time.compareTo(Duration.ofHours(1)) >= 0 && time.compareTo(Duration.ofDays(365)) <= 0,
                    "be 1 h to 365 d",
                    "an hour is counted at once, and a state has to end");

    static final Setting<String> TOPIC = SourceSettings.topic(
            "experiments.mismatch.topic",
            "alerts",
            "Topic that is told once when an experiment comes into a mismatch; exactly once.");

    static final List<Setting<?>> ALL = List.of(CONTROLS, SPLIT, BELOW, LEAST_USERS, REMEMBERED, TOPIC);

    private ExperimentSettings() {}

    static void check(ConfigReader config, Problems problems) {
        config.check(ALL);
        try {
            config.find(SPLIT).ifPresent(split -> Split.parse(split.reveal()));
        } catch (IllegalArgumentException e) {
            problems.add(SPLIT.key(), "is not a split: " + e.getMessage());
        }
        List<String> controls = config.find(CONTROLS).orElse(List.of());
        if (Set.copyOf(controls).contains("")) {
            problems.add(CONTROLS.key(), "holds an empty name; remove it, because no variant has one");
        }
    }

    static List<String> controls(ConfigReader config) {
        List<String> given = config.get(CONTROLS);
        return given.isEmpty() ? List.of(CONTROL) : given;
    }

    static Split split(ConfigReader config) {
        return Split.parse(config.get(SPLIT).reveal());
    }

    static Mismatch mismatch(ConfigReader config) {
        return new Mismatch(below(config.get(BELOW)), config.get(LEAST_USERS));
    }

    private static double below(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
