/** Verifies the archive while the job runs, and tells what is wrong with it. */
package io.millrace.audit.watch;
