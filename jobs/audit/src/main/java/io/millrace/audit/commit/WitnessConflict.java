package io.millrace.audit.commit;

/** The witness has another digest of a day than the archive. */
final class WitnessConflict extends RuntimeException {

    private static final long serialVersionUID = 1L;

    WitnessConflict(String message) {
        super(message);
    }
}
