package io.millrace.common.sink.redis;

/** What an error of Redis asks for. */
enum ErrorKind {
    /** It passes: wait, and write again. */
    TRANSIENT,
    /** It stays until somebody changes something: the job fails and says what. */
    FATAL,
    /** It is about one write: the failure policy decides. */
    DATA
}
