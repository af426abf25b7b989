package org.speechemotion.spark.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.speechemotion.settings.Settings;
import org.speechemotion.settings.SettingsException;

/** Tests the parts of stages that need no session: Params, copies and schemas. */
class SpeechStagesTest {
    private static final StructType TABLE = new StructType()
            .add("path", DataTypes.StringType)
            .add("emotion", DataTypes.StringType)
            .add("actor_id", DataTypes.StringType)
            .add("held_out", DataTypes.BooleanType)
            .add("days", DataTypes.createArrayType(DataTypes.IntegerType));

    private static SpeechEmotionClassifier classifier() {
        return new SpeechEmotionClassifier().setLabelCol("emotion").setGroupCol("actor_id");
    }

    static Stream<PipelineStage> stages() {
        return Stream.of(
                classifier(),
                new SpeechEncoder(),
                new SpeechRecognizer(),
                new SpeechEmotionModel("model", null, null, ""));
    }

    @ParameterizedTest
    @MethodSource("stages")
    void everyParamIsDocumentedHasADefaultAndASetterAndAGetterOfItsName(PipelineStage stage) throws Exception {
        assertThat(stage.params()).hasSizeGreaterThan(7);
        for (Param<?> param : stage.params()) {
            assertThat(param.doc()).as(param.name()).isNotBlank();
            assertThat(stage.hasDefault(param)).as(param.name()).isTrue();
            String name = param.name().substring(0, 1).toUpperCase(Locale.ROOT)
                    + param.name().substring(1);
            Object value = stage.getClass().getMethod("get" + name).invoke(stage);
            assertThat(value).as(param.name()).isEqualTo(stage.getOrDefault(param));
            assertThat(stage.getClass().getMethods()).as(param.name()).anyMatch(method -> method.getName()
                    .equals("set" + name));
        }
        assertThat(stage.explainParams()).contains("settings: HOCON", "inputCol: column");
    }

    @ParameterizedTest
    @MethodSource("stages")
    void copiesHaveTheSameUidAndValues(PipelineStage stage) {
        Param<Object> status = stage.getParam("statusCol");
        stage.set(status, "mine");
        ParamMap extra = new ParamMap().put(stage.getParam("reasonCol"), "why");
        PipelineStage copy = stage.copy(extra);
        assertThat(copy).isNotSameAs(stage).hasSameClassAs(stage);
        assertThat(copy.uid()).isEqualTo(stage.uid());
        assertThat(copy.getOrDefault(copy.getParam("statusCol"))).isEqualTo("mine");
        assertThat(copy.getOrDefault(copy.getParam("reasonCol"))).isEqualTo("why");
        copy.set("statusCol", "another");
        assertThat(stage.getOrDefault(status)).isEqualTo("mine");
        assertThat(stage.getOrDefault(stage.getParam("reasonCol"))).isEqualTo("reason");
    }

    @Test
    void defaultsAreThoseOfTheReference() {
        Settings reference = Settings.load(List.of(), List.of());
        SpeechEmotionClassifier classifier = classifier();
        assertThat(classifier.getEpochs()).isEqualTo(reference.integer("training.epochs"));
        assertThat(classifier.getBatchSize()).isEqualTo(reference.integer("training.batch-size"));
        assertThat(classifier.setEpochs(3).getMaxIter()).as("an alias").isEqualTo(3);
        assertThat(classifier.setLearningRate(0.5).getStepSize()).as("an alias").isEqualTo(0.5);
        classifier.clear(classifier.maxIter()).clear(classifier.stepSize());
        assertThat(classifier.getLearningRate()).isEqualTo(reference.number("training.learning-rate"));
        assertThat(classifier.getWorkers()).isEqualTo(reference.integer("training.workers"));
        assertThat(classifier.getSeed()).isEqualTo(reference.integer("training.seed"));
        assertThat(classifier.getValidationRatio()).isEqualTo(reference.number("split.validation-ratio"));
    }

    @Test
    void paramsThatAreSetWinOverSettingsAndThoseOverTheReference() {
        SpeechEmotionClassifier classifier = classifier()
                .setSettings("training { epochs = 3, batch-size = 5 }")
                .setBatchSize(7);
        Settings settings = StageSettings.of(
                classifier,
                "training { epochs = 2, seed = 9 }",
                Map.of(
                        classifier.maxIter(), List.of("training.epochs"),
                        classifier.batchSize(), List.of("training.batch-size"),
                        classifier.encoderPath(), List.of("encoder.path")),
                Map.of("split.validation", List.of("table:a \"b\"", "table:c")));
        assertThat(settings.integer("training.epochs")).isEqualTo(3);
        assertThat(settings.integer("training.batch-size")).isEqualTo(7);
        assertThat(settings.integer("training.seed")).isEqualTo(9);
        assertThat(settings.string("encoder.path")).isEmpty();
        assertThat(settings.config().getStringList("split.validation")).containsExactly("table:a \"b\"", "table:c");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "training.epoch = 3 | settings: 1: unknown key training.epoch; the nearest known key is"
                        + " training.epochs",
                "training { epochs = | settings: 1",
            })
    void invalidSettingsAreRejectedInOneLine(String hocon, String message) {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> StageSettings.of(new SpeechEncoder().setSettings(hocon), "", Map.of(), Map.of()))
                .satisfies(e -> assertThat(e.getMessage()).startsWith(message).doesNotContain("\n"));
    }

    @Test
    void valuesOutOfRangeAreRefusedAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> classifier().setEpochs(0))
                .withMessageContaining("parameter maxIter given invalid value 0");
        assertThatIllegalArgumentException().isThrownBy(() -> classifier().setValidationRatio(1));
        assertThatIllegalArgumentException().isThrownBy(() -> classifier().setLearningRate(0));
        assertThatIllegalArgumentException().isThrownBy(() -> classifier().setHandleInvalid("drop"));
    }

    @Test
    void schemasEndWithTheColumnsOfTheStage() {
        StructType scored = classifier().setStatusCol("outcome").transformSchema(TABLE);
        assertThat(scored)
                .isEqualTo(TABLE.add("prediction", DataTypes.DoubleType)
                        .add("rawPrediction", SQLDataTypes.VectorType())
                        .add("probability", SQLDataTypes.VectorType())
                        .add("predictedEmotion", DataTypes.StringType)
                        .add("outcome", DataTypes.StringType)
                        .add("reason", DataTypes.StringType)
                        .add("message", DataTypes.StringType));
        StructType encoded = new SpeechEncoder().setOutputCol("embedding").transformSchema(TABLE);
        assertThat(encoded)
                .isEqualTo(TABLE.add("embedding", SQLDataTypes.VectorType())
                        .add("status", DataTypes.StringType)
                        .add("reason", DataTypes.StringType)
                        .add("message", DataTypes.StringType));
        StructType transcribed = new SpeechRecognizer().setTextCol("said").transformSchema(TABLE);
        assertThat(transcribed.fieldNames()).endsWith("days", "said", "words", "status", "reason", "message");
        assertThat(transcribed.apply("words").dataType().simpleString())
                .isEqualTo("array<struct<word:string,start_s:double,end_s:double,confidence:float>>");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "inputCol | clip | inputCol is clip, but there is no such column; there are [path, emotion, actor_id,"
                        + " held_out, days]",
                "inputCol | held_out | inputCol is held_out, a column of type boolean; allowed: string (a path) and"
                        + " binary (the bytes of a file)",
                "labelCol | days | labelCol is days, a column of type array<int>; allowed: string (an emotion) and"
                        + " numbers (its label)",
                "groupCol | held_out | groupCol is held_out, a column of type boolean; allowed: string and numbers",
                "validationIndicatorCol | emotion | validationIndicatorCol is emotion, a column of type string;"
                        + " allowed: boolean",
                "emotionCol | emotion | emotionCol is emotion, but the table has a column emotion already: name"
                        + " another",
                "statusCol | prediction | statusCol is prediction, but the table has a column prediction already: name"
                        + " another",
            })
    void unfitColumnsAreRejectedWithTheParam(String param, String column, String message) {
        SpeechEmotionClassifier classifier = classifier();
        classifier.set(param, column);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> classifier.transformSchema(TABLE))
                .withMessage(message);
    }

    @Test
    void labelsAreTheEmotionsInOrder() {
        assertThat(SpeechEmotionModel.labels())
                .containsExactly("neutral", "calm", "happy", "sad", "angry", "fearful", "disgust", "surprised");
    }
}
