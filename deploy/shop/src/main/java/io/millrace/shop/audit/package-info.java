/** Who reads, changes and exports what of the shop: its audit trail, as services would tell it to Kafka. */
package io.millrace.shop.audit;
