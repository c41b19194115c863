package io.millrace.benchmarks.harness;

import java.util.List;
import java.util.Map;

/**
 * A prepared case.
 *
 * @param name such as {@code stream}
 * @param contenders ours first
 * @param aims the ratio of records a second to reach against some of them, by name
 * @param work what is done and of which bytes, in one line
 * @param amount what the work is counted in
 */
public record Contest(String name, List<Contender> contenders, Map<String, Double> aims, String work, Amount amount) {

    /** Makes one whose work is counted in records. */
    public Contest(String name, List<Contender> contenders, Map<String, Double> aims, String work) {
        this(name, contenders, aims, work, Amount.RECORDS);
    }
}
