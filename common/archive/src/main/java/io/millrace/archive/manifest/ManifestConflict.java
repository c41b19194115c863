package io.millrace.archive.manifest;

/** What should be added to a manifest does not follow from what it holds. */
public final class ManifestConflict extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ManifestConflict(String message) {
        super(message);
    }
}
