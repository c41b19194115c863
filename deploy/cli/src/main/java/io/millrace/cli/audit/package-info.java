/** {@code millrace audit}. */
package io.millrace.cli.audit;
