package io.millrace.common.sink.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Sorts what can go wrong with Redis. */
final class RedisErrors {

    private static final List<String> TRANSIENT_CODES = List.of(
            "LOADING",
            "READONLY",
            "BUSY",
            "OOM",
            "MASTERDOWN",
            "TRYAGAIN",
            "CLUSTERDOWN",
            "NOREPLICAS",
            "MISCONF",
            "NOSCRIPT");

    private static final List<String> DATA_CODES = List.of("WRONGTYPE", "BADVERSION");

    private static final List<String> TRANSIENT_TEXTS = List.of("max number of clients reached");
    private static final List<String> DATA_TEXTS = List.of("string exceeds maximum allowed size");

    /**
     * Redis 6 wraps the error of a command within a script, and its own refusal to run one with a minus:
     * {@code ERR Error running script (…): @user_script:6: WRONGTYPE …}, {@code … @user_script: 22: -OOM …}.
     */
    private static final Pattern IN_SCRIPT =
            Pattern.compile("(?:ERR Error running script .*)?@user_script: ?\\d+: -?([A-Z]+) ");

    private static final Map<String, String> REMEDIES = Map.of(
            "NOAUTH", "give a password to the redis target",
            "WRONGPASS", "correct username and password of the redis target",
            "NOPERM",
                    "allow this user EVALSHA, SCRIPT LOAD, GET, SET and DEL on the keys of the routes, and SCAN; for notifications, PUBLISH on the channels",
            "DENIED", "let Redis accept clients from this network, with a password",
            "MOVED", "set `targets.redis.cluster: true`",
            "CROSSSLOT", "set `targets.redis.cluster: true`");

    private static final String ANY_REMEDY = "see what Redis says, and mend its configuration or the target's";
    private static final String TLS_REMEDY =
            "check the certificates, and that both sides speak TLS (rediss://) or none";
    private static final String AUTH_REMEDY = "correct username and password of the redis target";

    private RedisErrors() {}

    static ErrorKind kindOf(Throwable error) {
        String answer = answerOf(error);
        if (answer != null) {
            return kindOf(answer);
        }
        if (causedBy(error, GeneralSecurityException.class) || causedBy(error, SSLException.class)) {
            return ErrorKind.FATAL;
        }
        boolean passes = causedBy(error, RedisCommandTimeoutException.class)
                || causedBy(error, RedisConnectionException.class)
                || causedBy(error, IOException.class)
                || causedBy(error, CancellationException.class)
                || causedBy(error, RedisException.class);
        return passes ? ErrorKind.TRANSIENT : ErrorKind.FATAL;
    }

    private static ErrorKind kindOf(String answer) {
        if (names(answer, DATA_CODES) || holds(answer, DATA_TEXTS)) {
            return ErrorKind.DATA;
        }
        return names(answer, TRANSIENT_CODES) || holds(answer, TRANSIENT_TEXTS) ? ErrorKind.TRANSIENT : ErrorKind.FATAL;
    }

    /** Returns what to do about an error that stays. */
    static String remedyFor(Throwable error) {
        String answer = answerOf(error);
        if (answer == null) {
            return causedBy(error, SSLException.class) || causedBy(error, GeneralSecurityException.class)
                    ? TLS_REMEDY
                    : ANY_REMEDY;
        }
        if (answer.startsWith("ERR") && (answer.contains("AUTH") || answer.contains("password"))) {
            return AUTH_REMEDY;
        }
        return REMEDIES.getOrDefault(code(answer), ANY_REMEDY);
    }

    /** Whether a command named keys that a cluster keeps in different slots. */
    static boolean isAcrossSlots(Throwable error) {
        return nameOf(error).equals("CROSSSLOT");
    }

    /** Returns the error's name: Redis' own code, or the class. */
    static String nameOf(Throwable error) {
        String answer = answerOf(error);
        return answer == null ? rootOf(error).getClass().getName() : code(answer);
    }

    /** Returns what Redis answered, without the arguments it may quote; else the error's own message. */
    static String describe(Throwable error) {
        String answer = answerOf(error);
        if (answer == null) {
            Throwable root = rootOf(error);
            return root.getClass().getSimpleName() + ": " + root.getMessage();
        }
        int arguments = answer.indexOf(", with args");
        return arguments < 0 ? answer : answer.substring(0, arguments);
    }

    private static boolean names(String answer, List<String> codes) {
        return codes.contains(code(answer));
    }

    private static boolean holds(String answer, List<String> texts) {
        return answer.startsWith("ERR") && texts.stream().anyMatch(answer::contains);
    }

    private static String code(String answer) {
        Matcher inScript = IN_SCRIPT.matcher(answer);
        if (inScript.lookingAt()) {
            return inScript.group(1);
        }
        int end = answer.indexOf(' ');
        return end < 0 ? answer : answer.substring(0, end);
    }

    private static @Nullable String answerOf(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof RedisCommandExecutionException && cause.getMessage() != null) {
                return cause.getMessage();
            }
        }
        return null;
    }

    private static boolean causedBy(Throwable error, Class<? extends Throwable> type) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private static Throwable rootOf(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
