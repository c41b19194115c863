/** What a user would write without Millrace, and bare loops at the machine's limit; each runs in a JVM of its own. */
package io.millrace.benchmarks.peers;
