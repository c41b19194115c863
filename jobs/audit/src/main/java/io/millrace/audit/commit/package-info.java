/** Makes files visible once a checkpoint covers them, and seals days. */
package io.millrace.audit.commit;
