/** Encrypts records and chains them, partition by partition. */
package io.millrace.audit.chain;
