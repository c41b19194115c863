/** Reads the topic, and leaves nothing out. */
package io.millrace.audit.read;
