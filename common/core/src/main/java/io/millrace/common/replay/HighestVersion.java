package io.millrace.common.replay;

import io.millrace.common.config.Problems;

/** The highest version that was met in the places which a job writes to, when it starts anew. Of one thread. */
public final class HighestVersion {

    private static final long NONE = -1;

    private long version = NONE;
    private String place = "";

    /**
     * Notes a version.
     *
     * @param where it is held, as {@code the topic dbserver1.public.users}
     */
    public void note(long held, String where) {
        if (held > version) {
            version = held;
            place = where;
        }
    }

    /** Notes that every target would refuse what this job writes. */
    public void check(int generation, Problems problems) {
        if (version != NONE && Version.generation(version) > generation) {
            int found = Version.generation(version);
            problems.add(
                    "generation",
                    "is " + generation + ", but " + place + " holds versions of generation " + found
                            + ": every target would refuse the new ones as older. Set `generation` to " + found
                            + ", or higher");
        }
    }

    /**
     * Returns the position to start at, above all that is held in this generation.
     *
     * @param wal the position of the database
     */
    public long start(long wal, int generation) {
        return version == NONE || Version.generation(version) != generation
                ? wal
                : Math.max(wal, Version.position(version) + 1);
    }
}
