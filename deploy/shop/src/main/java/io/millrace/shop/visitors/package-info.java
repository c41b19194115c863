/** People on the shop's site: what they look at, do and buy, as the services of a site would tell it to Kafka. */
package io.millrace.shop.visitors;
