package io.millrace.archive.crypt;

import io.millrace.archive.bytes.CanonicalBytes;
import java.time.LocalDate;

/**
 * Whose key encrypts.
 *
 * @param id as events name it
 */
public record Subject(Kind kind, String id) {

    /** What kind of subject it is. */
    public enum Kind {
        /** Somebody who can be erased. */
        PERSON,
        /** A day, for records that name nobody. */
        DAY
    }

    /** Returns a person. */
    public static Subject person(String id) {
        return new Subject(Kind.PERSON, id);
    }

    /** Returns a day. */
    public static Subject day(LocalDate day) {
        return new Subject(Kind.DAY, day.toString());
    }

    void writeTo(CanonicalBytes out) {
        out.text(kind.name()).text(id);
    }

    /** Says what kind it is, and not who. */
    @Override
    public String toString() {
        return "a " + kind;
    }
}
