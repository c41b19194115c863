package io.millrace.common.sink.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisException;
import java.io.IOException;
import java.net.ConnectException;
import java.security.cert.CertificateException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisErrorsTest {

    private static final String IN_SCRIPT = "ERR Error running script (call to f_3c2e): @user_script:6: ";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LOADING Redis is loading the dataset in memory",
                "READONLY You can't write against a read only replica.",
                "BUSY Redis is busy running a script.",
                "OOM command not allowed when used memory > 'maxmemory'.",
                IN_SCRIPT + "OOM command not allowed when used memory > 'maxmemory'.",
                IN_SCRIPT + "@user_script: 22: -OOM command not allowed when used memory > 'maxmemory'.",
                "@user_script: 22: -OOM command not allowed when used memory > 'maxmemory'.",
                IN_SCRIPT + "@user_script: 22: -READONLY You can't write against a read only replica.",
                "MASTERDOWN Link with MASTER is down",
                "CLUSTERDOWN The cluster is down",
                "NOREPLICAS Not enough good replicas to write.",
                "MISCONF Redis is configured to save RDB snapshots, but it is currently not able to persist on disk.",
                "MISCONF Errors writing to the AOF file: No space left on device",
                "@user_script: 22: -MISCONF Errors writing to the AOF file: No space left on device",
                IN_SCRIPT + "@user_script: 22: -MISCONF Errors writing to the AOF file: No space left on device",
                "NOSCRIPT No matching script. Please use EVAL.",
                "ERR max number of clients reached"
            })
    void waitsForWhatPasses(String answer) {
        assertThat(RedisErrors.kindOf(answered(answer))).isEqualTo(ErrorKind.TRANSIENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WRONGTYPE Operation against a key holding the wrong kind of value",
                IN_SCRIPT + "WRONGTYPE Operation against a key holding the wrong kind of value",
                "BADVERSION the version key holds something else than 19 digits",
                "ERR string exceeds maximum allowed size (512MB)"
            })
    void leavesToTheFailurePolicyWhatIsAboutOneWrite(String answer) {
        assertThat(RedisErrors.kindOf(answered(answer))).isEqualTo(ErrorKind.DATA);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NOAUTH Authentication required.",
                "WRONGPASS invalid username-password pair or user is disabled.",
                "NOPERM this user has no permissions to run the 'evalsha' command or its subcommand",
                "DENIED Redis is running in protected mode",
                "MOVED 3999 127.0.0.1:6381",
                "ERR unknown command `EVALSHA`",
                "ERR Client sent AUTH, but no password is set",
                "SOMETHING nobody has heard of"
            })
    void failsWhereEveryWriteWouldFail(String answer) {
        assertThat(RedisErrors.kindOf(answered(answer))).isEqualTo(ErrorKind.FATAL);
    }

    @Test
    void isNotMisledByACodeWithinAnotherAnswer() {
        assertThat(RedisErrors.kindOf(answered("ERR unknown command, with args beginning with: OOM LOADING ")))
                .isEqualTo(ErrorKind.FATAL);
        assertThat(RedisErrors.kindOf(answered("OOMPH is no code"))).isEqualTo(ErrorKind.FATAL);
    }

    @Test
    void waitsForAConnection() {
        assertThat(RedisErrors.kindOf(new RedisCommandTimeoutException("timed out")))
                .isEqualTo(ErrorKind.TRANSIENT);
        assertThat(RedisErrors.kindOf(new RedisConnectionException("no", new ConnectException("refused"))))
                .isEqualTo(ErrorKind.TRANSIENT);
        assertThat(RedisErrors.kindOf(new CompletionException(new IOException("reset"))))
                .isEqualTo(ErrorKind.TRANSIENT);
        assertThat(RedisErrors.kindOf(new RedisException("Currently not connected. Commands are rejected.")))
                .isEqualTo(ErrorKind.TRANSIENT);
        assertThat(RedisErrors.kindOf(new CancellationException())).isEqualTo(ErrorKind.TRANSIENT);
    }

    @Test
    void doesNotWaitForACertificateOrForAMistakeOfItsOwn() {
        Throwable handshake =
                new RedisConnectionException("no", new SSLHandshakeException("PKIX path building failed"));

        assertThat(RedisErrors.kindOf(handshake)).isEqualTo(ErrorKind.FATAL);
        assertThat(RedisErrors.remedyFor(handshake)).contains("certificates");
        assertThat(RedisErrors.kindOf(new RedisConnectionException("no", new CertificateException())))
                .isEqualTo(ErrorKind.FATAL);
        assertThat(RedisErrors.kindOf(new NullPointerException())).isEqualTo(ErrorKind.FATAL);
    }

    @Test
    void looksForRedisAnswerBelowOtherErrors() {
        Throwable wrapped = new CompletionException(
                new RedisConnectionException("cannot connect", answered("NOAUTH Authentication required.")));

        assertThat(RedisErrors.kindOf(wrapped)).isEqualTo(ErrorKind.FATAL);
        assertThat(RedisErrors.nameOf(wrapped)).isEqualTo("NOAUTH");
        assertThat(RedisErrors.remedyFor(wrapped)).isEqualTo("give a password to the redis target");
    }

    @Test
    void namesARemedyForWhatStays() {
        assertThat(RedisErrors.remedyFor(answered("WRONGPASS invalid"))).contains("password");
        assertThat(RedisErrors.remedyFor(answered("ERR Client sent AUTH, but no password is set")))
                .contains("password");
        assertThat(RedisErrors.remedyFor(answered("NOPERM this user"))).contains("EVALSHA");
        assertThat(RedisErrors.remedyFor(answered("MOVED 1 a:1"))).contains("targets.redis.cluster");
        assertThat(RedisErrors.remedyFor(answered("ERR unknown command"))).contains("see what Redis says");
        assertThat(RedisErrors.remedyFor(new IllegalStateException())).contains("see what Redis says");
    }

    @Test
    void namesAnErrorByRedisCodeAlsoWithinAScript() {
        assertThat(RedisErrors.nameOf(answered("BADVERSION the version key"))).isEqualTo("BADVERSION");
        assertThat(RedisErrors.nameOf(answered(IN_SCRIPT + "WRONGTYPE Operation against a key")))
                .isEqualTo("WRONGTYPE");
        assertThat(RedisErrors.nameOf(answered("ERR unknown command"))).isEqualTo("ERR");
        assertThat(RedisErrors.nameOf(new CompletionException(new ConnectException("refused"))))
                .isEqualTo("java.net.ConnectException");
    }

    @Test
    void doesNotRepeatTheArgumentsThatRedisQuotes() {
        assertThat(RedisErrors.describe(answered("ERR unknown command `X`, with args beginning with: `canary`")))
                .isEqualTo("ERR unknown command `X`");
        assertThat(RedisErrors.describe(new CompletionException(new ConnectException("refused"))))
                .isEqualTo("ConnectException: refused");
    }

    private static Throwable answered(String answer) {
        return new CompletionException(new RedisCommandExecutionException(answer));
    }
}
