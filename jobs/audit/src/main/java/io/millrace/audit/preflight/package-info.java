/** What must be true before the job starts. */
package io.millrace.audit.preflight;
