package org.ctstream.model.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.UnsafeByteOperations;
import org.ctstream.model.graph.Attribute;
import org.ctstream.model.graph.Graph;
import org.ctstream.model.graph.Node;
import org.ctstream.model.graph.Port;
import org.ctstream.model.graph.PortType;
import org.ctstream.model.weights.ElementType;
import org.ctstream.model.weights.Tensor;

/**
 * A graph as ONNX's protocol buffers.
 *
 * @see "ONNX, IR specification, version 8"
 */
final class OnnxWriter {
    /** The newest that all engines served with understand. */
    static final int OPSET = 17;

    private static final int IR_VERSION = 8;
    private static final String BATCH = "N";

    private OnnxWriter() {}

    static ModelProto model(Graph graph) {
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("ctstream")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
                .setGraph(graph(graph))
                .build();
    }

    private static GraphProto graph(Graph graph) {
        GraphProto.Builder builder = GraphProto.newBuilder().setName("network");
        graph.inputs().forEach(port -> builder.addInput(port(port)));
        graph.outputs().forEach(port -> builder.addOutput(port(port)));
        graph.nodes().forEach(node -> builder.addNode(node(node)));
        graph.constants().forEach((name, tensor) -> builder.addInitializer(tensor(name, tensor)));
        return builder.build();
    }

    private static ValueInfoProto port(Port port) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (long length : port.shape()) {
            TensorShapeProto.Dimension.Builder dimension = TensorShapeProto.Dimension.newBuilder();
            shape.addDim(length == Port.ANY ? dimension.setDimParam(BATCH) : dimension.setDimValue(length));
        }
        TypeProto.Tensor.Builder type = TypeProto.Tensor.newBuilder()
                .setElemType(type(port.type()).getNumber())
                .setShape(shape);
        return ValueInfoProto.newBuilder()
                .setName(port.name())
                .setType(TypeProto.newBuilder().setTensorType(type))
                .build();
    }

    private static NodeProto node(Node node) {
        NodeProto.Builder builder = NodeProto.newBuilder()
                .setOpType(node.operator())
                .setName(node.output())
                .addAllInput(node.inputs())
                .addOutput(node.output());
        node.attributes().forEach((name, attribute) -> builder.addAttribute(attribute(name, attribute)));
        return builder.build();
    }

    private static AttributeProto attribute(String name, Attribute attribute) {
        AttributeProto.Builder builder = AttributeProto.newBuilder().setName(name);
        if (attribute instanceof Attribute.Whole whole) {
            return builder.setType(AttributeProto.AttributeType.INT)
                    .setI(whole.value())
                    .build();
        }
        if (attribute instanceof Attribute.Wholes wholes) {
            return builder.setType(AttributeProto.AttributeType.INTS)
                    .addAllInts(wholes.values())
                    .build();
        }
        return builder.setType(AttributeProto.AttributeType.FLOAT)
                .setF(((Attribute.Real) attribute).value())
                .build();
    }

    private static TensorProto tensor(String name, Tensor tensor) {
        return TensorProto.newBuilder()
                .setName(name)
                .setDataType(type(tensor.type()).getNumber())
                .addAllDims(tensor.shape())
                // ONNX, too, is little-endian and row-major. Tensors never change, so nothing needs a copy.
                .setRawData(UnsafeByteOperations.unsafeWrap(tensor.data()))
                .build();
    }

    private static TensorProto.DataType type(PortType type) {
        return switch (type) {
            case UINT8 -> TensorProto.DataType.UINT8;
            case FLOAT32 -> TensorProto.DataType.FLOAT;
        };
    }

    private static TensorProto.DataType type(ElementType type) {
        return switch (type) {
            case BOOL -> TensorProto.DataType.BOOL;
            case U8 -> TensorProto.DataType.UINT8;
            case I8 -> TensorProto.DataType.INT8;
            case I16 -> TensorProto.DataType.INT16;
            case I32 -> TensorProto.DataType.INT32;
            case I64 -> TensorProto.DataType.INT64;
            case F16 -> TensorProto.DataType.FLOAT16;
            case BF16 -> TensorProto.DataType.BFLOAT16;
            case F32 -> TensorProto.DataType.FLOAT;
            case F64 -> TensorProto.DataType.DOUBLE;
        };
    }
}
