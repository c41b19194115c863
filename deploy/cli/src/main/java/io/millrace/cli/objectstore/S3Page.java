package io.millrace.cli.objectstore;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * A page of a bucket's listing.
 *
 * @param next what asks for the page after it, if there is one
 */
record S3Page(List<String> keys, Optional<String> next) {

    /** Reads the answer to ListObjectsV2. */
    static S3Page of(byte[] xml) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setExpandEntityReferences(false);
            Document document = factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml));
            boolean isTruncated = texts(document, "IsTruncated").contains("true");
            return new S3Page(
                    texts(document, "Key"),
                    isTruncated
                            ? texts(document, "NextContinuationToken").stream().findFirst()
                            : Optional.empty());
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException("the store's listing is not XML", e);
        }
    }

    private static List<String> texts(Document document, String name) {
        NodeList nodes = document.getElementsByTagName(name);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            texts.add(nodes.item(i).getTextContent());
        }
        return texts;
    }
}
