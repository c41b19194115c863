/**
 * Whether what was made of an audit trail is what its topic holds. The topic is read to the end and its events are read the
 * naive way: nothing here shares code with the job.
 */
package io.millrace.shop.audit.check;
