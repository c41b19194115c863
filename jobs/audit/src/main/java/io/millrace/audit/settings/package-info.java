/** What can be configured. */
package io.millrace.audit.settings;
