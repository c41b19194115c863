/** Jobs on a Flink cluster, the local one or any other: submitting them, and taking savepoints. */
package io.millrace.cli.job;
