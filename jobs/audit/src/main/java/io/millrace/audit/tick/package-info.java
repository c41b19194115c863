/** Tells, once in a while, of every partition of the topic: also of those that bring nothing. */
package io.millrace.audit.tick;
