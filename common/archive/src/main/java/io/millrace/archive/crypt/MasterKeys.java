package io.millrace.archive.crypt;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Master keys by the texts that configurations, files and the environment have of them. */
public final class MasterKeys {

    private static final Pattern KEPT_ELSEWHERE = Pattern.compile("([a-z][a-z0-9-]*):(\\S+)");

    private MasterKeys() {}

    /**
     * Returns the key that a text is, by 64 hexadecimal digits, or names, by the scheme of a {@link MasterKeyProvider}, a
     * colon and a name. White space around it is of no account.
     *
     * @throws IllegalArgumentException if it is neither, or nobody has the scheme; the message does not hold the text
     */
    public static MasterKey of(String text) {
        Matcher named = KEPT_ELSEWHERE.matcher(text.strip());
        return named.matches() ? provider(named.group(1)).open(named.group(2)) : LocalMasterKey.of(text);
    }

    /** In a cluster the class path is the job's jar, which is not that of the thread everywhere. */
    private static MasterKeyProvider provider(String scheme) {
        List<String> known = new ArrayList<>();
        try {
            for (MasterKeyProvider provider :
                    ServiceLoader.load(MasterKeyProvider.class, MasterKeyProvider.class.getClassLoader())) {
                if (provider.scheme().equals(scheme)) {
                    return provider;
                }
                known.add(provider.scheme());
            }
        } catch (ServiceConfigurationError e) {
            throw new IllegalArgumentException("what should give the master key cannot be used: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException("what the master key begins with, up to its colon, is the scheme of no"
                + " MasterKeyProvider on the class path, which has " + known + "; add the jar of the one that is meant,"
                + " or give 64 hexadecimal digits");
    }
}
