/** Audit events, read from what services wrote, and whom they are about. */
package io.millrace.audit.parse;
