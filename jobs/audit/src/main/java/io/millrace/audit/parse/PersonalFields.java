package io.millrace.audit.parse;

import java.io.Serializable;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which fields are about a person.
 *
 * @param customers who of those that access is a customer, and can ask to be forgotten; null for nobody
 * @param metadata members of an event's metadata that tell of whoever accessed
 */
public record PersonalFields(@Nullable Pattern customers, Set<String> metadata) implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Nobody who accesses is a customer; address and browser are personal. */
    public static final PersonalFields DEFAULT = new PersonalFields(null, Set.of("ip", "userAgent"));

    /** Copies the names. */
    public PersonalFields {
        metadata = Set.copyOf(metadata);
    }

    boolean isCustomer(String accessedBy) {
        return customers != null && customers.matcher(accessedBy).matches();
    }
}
