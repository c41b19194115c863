package io.millrace.audit.watch;

import io.millrace.audit.write.ArchiveOptions;
import io.millrace.common.sink.kafka.Transactions;
import java.io.Serializable;

/**
 * How the archive is verified while the job runs.
 *
 * @param pipeline whose archive it is
 * @param publicKeys by which it is believed, as PEM
 * @param alerts topic that is told what is wrong
 * @param transactions in which it is told
 */
public record WatchOptions(
        String pipeline, ArchiveOptions archive, String publicKeys, Pace pace, String alerts, Transactions transactions)
        implements Serializable {

    private static final long serialVersionUID = 1L;
}
