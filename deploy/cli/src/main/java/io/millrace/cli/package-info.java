/** The {@code millrace} command: what people type, and what it prints. */
package io.millrace.cli;
