/** Removes sealed days that are old enough, and says so. */
package io.millrace.archive.expire;
