package io.millrace.analytics.settings;

import io.millrace.analytics.model.Result;
import io.millrace.common.config.Setting;
import java.util.List;

/** What of all that could be counted is wanted. */
final class ResultSettings {

    static final Setting<List<String>> RESULTS = Setting.list(
                    "results",
                    "Results that are wanted, of " + String.join(", ", Result.labels()) + ". Default: all. No event"
                            + " reaches the operators of another one, which stay in place: a savepoint fits whichever are"
                            + " wanted. A topic that none of them reads is not read; wanted after a savepoint, it is read"
                            + " from its beginning, or from where it is if it was read before.")
            .mustBe(
                    Result.labels()::containsAll,
                    "be some of " + String.join(", ", Result.labels()),
                    "the job has no other results");

    static final List<Setting<?>> ALL = List.of(RESULTS);

    private ResultSettings() {}
}
