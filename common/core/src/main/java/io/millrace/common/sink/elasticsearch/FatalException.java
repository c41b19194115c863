package io.millrace.common.sink.elasticsearch;

import java.io.IOException;

/** Every write would fail until somebody acts: the job stops, and says how to act. */
final class FatalException extends IOException {

    private static final long serialVersionUID = 1L;

    private FatalException(String message) {
        super(message);
    }

    /** There is nothing to write to under an index's name. */
    static FatalException missingAlias(String alias) {
        return new FatalException("Elasticsearch has no alias \"" + alias + "\"; its template and index are made when"
                + " the job is submitted. Submit the job again, or make an index with this alias");
    }

    /** There is an index where an alias has to be. */
    static FatalException noAlias(String index) {
        return new FatalException("Elasticsearch has an index named \"" + index + "\", so no alias can have this name;"
                + " choose another index in the route, or reindex it to \"" + index + "-000001\" and delete it");
    }

    /** An answer that every write would get. */
    static FatalException answered(RefusedException error) {
        FatalException fatal = new FatalException(error.getMessage() + ". " + remedy(error.answer()));
        fatal.initCause(error);
        return fatal;
    }

    private static String remedy(ItemAnswer answer) {
        return switch (answer.status()) {
            case 401 -> "Give the target the name and password of an Elasticsearch user";
            case 403 ->
                "Allow the user to read, write, delete, refresh and change mappings in the indices of the routes, and see"
                        + " that no index is read-only";
            case 404 ->
                "An alias or its index is gone; submit the job again, which makes it, and then fill it by a replay";
            default ->
                "Every write would get this answer, so the job stops rather than put its rows aside as dead letters";
        };
    }
}
