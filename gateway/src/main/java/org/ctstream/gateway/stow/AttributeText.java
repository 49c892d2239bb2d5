package org.ctstream.gateway.stow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Data elements as DICOM JSON and as the Native DICOM Model.
 *
 * @see "DICOM PS3.18 F, DICOM JSON Model; PS3.19 A.1, Native DICOM Model"
 */
final class AttributeText {
    private static final String NAMESPACE = "http://dicom.nema.org/PS3.19/models/NativeDICOM";
    private static final ObjectMapper JSON = new ObjectMapper();

    private AttributeText() {}

    static byte[] json(List<Attribute> attributes) {
        try {
            return JSON.writeValueAsBytes(object(attributes));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of text could not be written", e);
        }
    }

    private static ObjectNode object(List<Attribute> attributes) {
        ObjectNode object = JSON.createObjectNode();
        for (Attribute attribute : attributes) {
            ObjectNode element = object.putObject(attribute.tag()).put("vr", attribute.vr());
            if (!attribute.items().isEmpty()) {
                ArrayNode items = element.putArray("Value");
                attribute.items().forEach(item -> items.add(object(item)));
            } else if (!attribute.values().isEmpty()) {
                ArrayNode values = element.putArray("Value");
                attribute.values().forEach(value -> {
                    if (attribute.vr().equals("US")) {
                        values.add(Integer.parseInt(value));
                    } else {
                        values.add(value);
                    }
                });
            }
        }
        return object;
    }

    static byte[] xml(List<Attribute> attributes) {
        var out = new ByteArrayOutputStream();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out, "UTF-8");
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("NativeDicomModel");
            xml.writeDefaultNamespace(NAMESPACE);
            write(xml, attributes);
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
            return out.toByteArray();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("A tree of text could not be written", e);
        }
    }

    private static void write(XMLStreamWriter xml, List<Attribute> attributes) throws XMLStreamException {
        for (Attribute attribute : attributes) {
            xml.writeStartElement("DicomAttribute");
            xml.writeAttribute("tag", attribute.tag());
            xml.writeAttribute("vr", attribute.vr());
            xml.writeAttribute("keyword", attribute.keyword());
            int number = 1;
            for (String value : attribute.values()) {
                xml.writeStartElement("Value");
                xml.writeAttribute("number", Integer.toString(number++));
                xml.writeCharacters(value);
                xml.writeEndElement();
            }
            for (List<Attribute> item : attribute.items()) {
                xml.writeStartElement("Item");
                xml.writeAttribute("number", Integer.toString(number++));
                write(xml, item);
                xml.writeEndElement();
            }
            xml.writeEndElement();
        }
    }
}
