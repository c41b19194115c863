/** Encryption for each person: what is encrypted can be read while the person's key is there, and nevermore after. */
package io.millrace.archive.crypt;
