package io.millrace.archive.crypt;

/**
 * Gives master keys that somebody else keeps, such as a key management service, so that no job and no command ever holds
 * one. {@link java.util.ServiceLoader} finds it: its jar names the class, which has a public constructor without
 * parameters, in {@code META-INF/services/io.millrace.archive.crypt.MasterKeyProvider}.
 */
public interface MasterKeyProvider {

    /** Returns what a text that names one of its keys begins with, before a colon: letters a to z, digits and hyphens. */
    String scheme();

    /**
     * Returns a key. Nothing is asked of the service: a configuration is read where the service may not be reached.
     *
     * @param name what the text holds behind the colon
     * @throws IllegalArgumentException if it cannot be the name of a key; the message tells why
     */
    MasterKey open(String name);
}
