package io.millrace.common.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration cannot be used. The message lists every problem, one a line. */
public final class InvalidConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // a copy made by List.copyOf, which is serializable
    private final List<Problem> problems;

    InvalidConfigurationException(List<Problem> problems) {
        super(problems.stream()
                .map(problem -> "\n  - " + problem)
                .collect(Collectors.joining(
                        "",
                        "the configuration has " + problems.size() + (problems.size() == 1 ? " problem" : " problems")
                                + ":",
                        "")));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
