/** Writes files of records that nobody sees yet. */
package io.millrace.audit.write;
