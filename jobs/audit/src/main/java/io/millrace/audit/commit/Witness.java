package io.millrace.audit.commit;

import io.millrace.archive.digest.SignedDigest;
import io.millrace.archive.file.WritableFolder;
import java.io.IOException;
import java.util.Arrays;

/** Another place that gets each digest, once: who changes the archive must change this place, too. */
final class Witness {

    private static final int LARGEST = 64 << 20;

    private final WritableFolder folder;

    Witness(WritableFolder folder) {
        this.folder = folder;
    }

    /**
     * Gives it a digest.
     *
     * @throws IOException if it does not take it
     * @throws WitnessConflict if it has another one of this day, which stays
     */
    void take(SignedDigest signed) throws IOException {
        String name = signed.digest().name();
        byte[] bytes = signed.toBytes();
        if (!folder.has(name)) {
            folder.replace(name, bytes);
        } else if (!Arrays.equals(folder.read(name, LARGEST), bytes)) {
            throw new WitnessConflict("the witness has another digest " + name + " than the archive: one of them"
                    + " was changed, or the archive was put back to an older state and sealed anew. Compare both, by"
                    + " verifying the archive with the witness, before the job goes on");
        }
    }
}
