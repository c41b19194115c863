package io.millrace.analytics.model;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What can be asked for, and left out. */
public enum Result {
    PAGE_VIEWS,
    ACTIVITY,
    REVENUE,
    REQUEST_LATENCY,
    LIVE,
    SEARCH_TERMS,
    SESSIONS,
    EXPERIMENTS;

    /** Events that results are made of. */
    public enum Input {
        PAGE_VIEWS,
        USER_ACTIONS,
        METRICS
    }

    /** Tells whether it is made of these events. */
    public boolean reads(Input input) {
        return switch (this) {
            case PAGE_VIEWS -> input == Input.PAGE_VIEWS;
            case ACTIVITY, REVENUE, SEARCH_TERMS, EXPERIMENTS -> input == Input.USER_ACTIONS;
            case LIVE, SESSIONS -> input == Input.PAGE_VIEWS || input == Input.USER_ACTIONS;
            case REQUEST_LATENCY -> input == Input.METRICS;
        };
    }

    /** Returns its name in a configuration, such as {@code page-views}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the one of a name, if there is one. */
    public static Optional<Result> named(String label) {
        return Stream.of(values()).filter(each -> each.label().equals(label)).findFirst();
    }

    /** Returns those of some names; all, if none is named. */
    public static Set<Result> chosen(List<String> labels) {
        return labels.isEmpty()
                ? EnumSet.allOf(Result.class)
                : labels.stream()
                        .flatMap(label -> named(label).stream())
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Result.class)));
    }

    /** Returns all names. */
    public static List<String> labels() {
        return Stream.of(values()).map(Result::label).toList();
    }
}
