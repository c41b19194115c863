/** The key store, as the job opens it. */
package io.millrace.audit.keys;
