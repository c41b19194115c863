package io.millrace.archive.parquet;

import java.io.IOException;

/** A file is not one that the archive's writer wrote. */
public final class ParquetFormatException extends IOException {

    private static final long serialVersionUID = 1L;

    ParquetFormatException(String message) {
        super(message);
    }
}
