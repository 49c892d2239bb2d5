package org.ctstream.model.engine.onnxruntime;

import org.ctstream.model.classify.ClassifierFactory;
import org.ctstream.model.engine.ParityContract;

class OnnxRuntimeParityTest extends ParityContract {
    private final OnnxRuntimeClassifiers factory = new OnnxRuntimeClassifiers();

    @Override
    protected ClassifierFactory factory() {
        return factory;
    }

    @Override
    protected String engineName() {
        return "onnxruntime";
    }
}
