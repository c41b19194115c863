package io.millrace.shop.check;

/** One comparison of a target with its source. */
public interface Check {

    /** Returns the name of the target, such as {@code elasticsearch.users}. */
    String target();

    /**
     * Compares everything. Whatever the target answers wrongly is a difference; a target that does not answer is an
     * exception.
     */
    CheckResult run(SourceSnapshot source);
}
