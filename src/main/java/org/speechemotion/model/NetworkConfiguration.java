package org.speechemotion.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.weights.WeightInitUniform;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.shade.jackson.databind.JavaType;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.cfg.MapperConfig;
import org.nd4j.shade.jackson.databind.jsontype.PolymorphicTypeValidator;
import org.speechemotion.common.StrictJson;
import org.speechemotion.corpus.EmotionSet;

/**
 * Parses network configurations in DL4J's JSON. DL4J instantiates any classes that the JSON names for layers, updaters,
 * activations and so on; this parser allows only the classes that {@link EmotionNetwork} uses.
 */
final class NetworkConfiguration {
    private static final Set<String> CLASSES = Set.of(
            LayerVertex.class.getName(),
            BranchLoss.class.getName(),
            BranchSoftmax.class.getName(),
            LossLayer.class.getName(),
            ActivationIdentity.class.getName(),
            AdaptedEncoder.class.getName(),
            BranchHeads.class.getName(),
            ContextPooling.class.getName(),
            FineTunedEncoder.class.getName(),
            LayerMixing.class.getName(),
            BatchNormalization.class.getName(),
            ActivationSigmoid.class.getName(),
            ActivationSoftmax.class.getName(),
            WeightInitUniform.class.getName(),
            Adam.class.getName(),
            Nesterovs.class.getName(),
            Sgd.class.getName(),
            L2Regularization.class.getName(),
            WeightDecay.class.getName(),
            FixedSchedule.class.getName(),
            // It is named by text, because this package does not depend on the package train.
            "org.speechemotion.train.ScheduledRate");

    /** The shapes of a layer's parameters, which follow from the layer, so that those in a file are not needed. */
    private static final String DERIVED = "layerParams";

    /** The classes of a network that is trained against an adversary, beside the others. */
    private static final Set<String> OF_TRAINING = Set.of(GradientReversal.class.getName());

    private static final ObjectMapper MODELS = mapper(CLASSES::contains);
    private static final ObjectMapper CHECKPOINTS =
            mapper(name -> CLASSES.contains(name) || OF_TRAINING.contains(name));

    private NetworkConfiguration() {}

    /**
     * Parses the configuration of a model.
     *
     * @throws IOException if the JSON is not strict, names a class that is not allowed, or describes a network that does
     *     not go from frames to the probabilities of the emotions
     */
    static ComputationGraphConfiguration parse(byte[] json) throws IOException {
        ComputationGraphConfiguration configuration = parse(json, MODELS);
        requireEmotionNetwork(configuration, List.of(EmotionNetwork.OUTPUT));
        return configuration;
    }

    /**
     * Parses the configuration of a network in training, which may have an {@link Adversary}.
     *
     * @throws IOException see {@link #parse}
     */
    static ComputationGraphConfiguration parseCheckpoint(byte[] json) throws IOException {
        ComputationGraphConfiguration configuration = parse(json, CHECKPOINTS);
        boolean adversary = configuration != null && configuration.getVertices().containsKey(Adversary.OUTPUT);
        requireEmotionNetwork(
                configuration,
                adversary ? List.of(EmotionNetwork.OUTPUT, Adversary.OUTPUT) : List.of(EmotionNetwork.OUTPUT));
        return configuration;
    }

    private static ComputationGraphConfiguration parse(byte[] json, ObjectMapper mapper) throws IOException {
        JsonNode tree = StrictJson.object(json);
        for (JsonNode parent : tree.findParents(DERIVED)) {
            ((ObjectNode) parent).remove(DERIVED);
        }
        // The JSON is rewritten, so that DL4J's parser reads exactly what the strict parser has read.
        return mapper.readValue(tree.toString(), ComputationGraphConfiguration.class);
    }

    /** Returns the total number of values of all parameters. */
    static long parameters(ComputationGraphConfiguration configuration) {
        long sum = 0;
        for (GraphVertex vertex : configuration.getVertices().values()) {
            sum = Math.addExact(sum, vertex.numParams(true));
        }
        return sum;
    }

    private static void requireEmotionNetwork(ComputationGraphConfiguration configuration, List<String> outputs)
            throws IOException {
        if (configuration == null
                || configuration.getDataType() != DataType.FLOAT
                || !List.of(EmotionNetwork.INPUT).equals(configuration.getNetworkInputs())
                || !outputs.equals(configuration.getNetworkOutputs())
                || EmotionNetwork.outputs(configuration) < 2
                || EmotionNetwork.outputs(configuration) > EmotionSet.MAX) {
            throw new IOException("its configuration is not that of a network with the input " + EmotionNetwork.INPUT
                    + ", the output " + EmotionNetwork.OUTPUT + " of 2 to " + EmotionSet.MAX
                    + " values and 32-bit floats");
        }
    }

    private static ObjectMapper mapper(Predicate<String> allowed) {
        ObjectMapper mapper = NeuralNetConfiguration.mapper().copy();
        mapper.setPolymorphicTypeValidator(new OnlyOurClasses(allowed));
        return mapper;
    }

    private static final class OnlyOurClasses extends PolymorphicTypeValidator.Base {
        private static final long serialVersionUID = 1L;

        private final transient Predicate<String> allowed;

        OnlyOurClasses(Predicate<String> allowed) {
            this.allowed = allowed;
        }

        @Override
        public Validity validateBaseType(MapperConfig<?> config, JavaType baseType) {
            return Validity.INDETERMINATE;
        }

        @Override
        public Validity validateSubClassName(MapperConfig<?> config, JavaType baseType, String className) {
            return allowed.test(className) ? Validity.ALLOWED : Validity.DENIED;
        }

        @Override
        public Validity validateSubType(MapperConfig<?> config, JavaType baseType, JavaType subType) {
            return allowed.test(subType.getRawClass().getName()) ? Validity.ALLOWED : Validity.DENIED;
        }
    }
}
