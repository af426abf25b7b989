package org.speechemotion.spark.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.speechemotion.archive.ArchiveLimits;
import org.speechemotion.audio.AudioSettings;
import org.speechemotion.audio.Channels;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.encoder.PretrainedSettings.Precision;
import org.speechemotion.scoring.RecordingSettings;
import org.speechemotion.scoring.SpeakerTurns;
import org.speechemotion.scoring.TableSettings;
import org.speechemotion.settings.Settings;
import org.speechemotion.spark.scoring.ScoreColumns.Part;

class ScoreTableDescriptionTest {
    private static final ScoringSettings SCORING = ScoringSettings.defaults().withBatchSize(4);

    private final ScoreTableDescription mine = ScoreTableDescription.of(
            AudioSettings.defaults(), RecordingSettings.defaults(), SCORING, TableSettings.defaults());

    @Test
    void writtenDescriptionsAreReadBack() {
        assertThat(ScoreTableDescription.fromJson(mine.toJson())).isEqualTo(mine);
        assertThat(new String(mine.toJson(), StandardCharsets.UTF_8))
                .contains("\"schemaVersion\" : 3", "\"score.partition-by\" : \"none\"");
    }

    @Test
    void theDefaultsOfTheRecordsAreThoseOfTheReference() {
        Settings reference = Settings.ofTexts();
        assertThat(reference.bind("score", ScoringSettings.class)).isEqualTo(ScoringSettings.defaults());
        assertThat(reference.bind("score", RecordingSettings.class)).isEqualTo(RecordingSettings.defaults());
        assertThat(reference.bind("score", TableSettings.class)).isEqualTo(TableSettings.defaults());
    }

    /** Tables without transcripts are described as before there were any, so that older ones can be continued. */
    @Test
    void theRecognizerIsPartOfTheDescriptionAndDecidesColumns() {
        Map<String, String> recognizer = Map.of(ScoreTableDescription.RECOGNIZER, "abc", "asr.beam-width", "1");
        ScoreTableDescription with = ScoreTableDescription.of(
                EmotionSet.EIGHT,
                AudioSettings.defaults(),
                RecordingSettings.defaults(),
                SCORING,
                TableSettings.defaults(),
                recognizer,
                Precision.FLOAT32);
        assertThat(mine.settings()).doesNotContainKeys("asr.fingerprint", "asr.beam-width");
        assertThat(with.differences(mine))
                .containsExactly(
                        "asr.beam-width is unknown there and 1 here", "asr.fingerprint is unknown there and abc here");
        ScoreColumns columns = ScoreTableDescription.fromJson(with.toJson()).columns(ScoreFormat.PARQUET);
        assertThat(columns)
                .isEqualTo(new ScoreColumns(EmotionSet.EIGHT, Part.CHANNELS, Part.TIMELINE, Part.TRANSCRIPTS));
        assertThat(columns.result().fieldNames()).endsWith("timeline", "text", "words", "model_id");
        assertThat(with.columns(ScoreFormat.CSV).result().fieldNames()).endsWith("text", "model_id");
        assertThat(mine.columns(ScoreFormat.PARQUET).result().fieldNames()).endsWith("timeline", "model_id");
    }

    @Test
    void otherEmotionsDecideColumnsAndAreCompared() {
        EmotionSet own = EmotionSet.ofModel(List.of("relaxed", "urgent"));
        ScoreTableDescription other = ScoreTableDescription.of(
                own,
                AudioSettings.defaults(),
                RecordingSettings.defaults(),
                SCORING,
                TableSettings.defaults(),
                Map.of(),
                Precision.FLOAT32);
        assertThat(other.columns(ScoreFormat.CSV).result().fieldNames())
                .contains("probability_relaxed", "probability_urgent")
                .doesNotContain("probability_happy");
        assertThat(ScoreTableDescription.fromJson(other.toJson()).differences(mine))
                .containsExactly("emotions is " + EmotionSet.EIGHT + " there and relaxed, urgent here");
        assertThat(mine.differences(mine)).isEmpty();
    }

    /** Tables in float32 are described as before there was any other precision. */
    @Test
    void onlyOtherPrecisionsAreNamed() {
        ScoreTableDescription approximate = ScoreTableDescription.of(
                EmotionSet.EIGHT,
                AudioSettings.defaults(),
                RecordingSettings.defaults(),
                SCORING,
                TableSettings.defaults(),
                Map.of(),
                Precision.INT8);
        assertThat(mine.settings()).doesNotContainKey("encoder.precision");
        assertThat(approximate.differences(mine)).containsExactly("encoder.precision is float32 there and int8 here");
        assertThat(mine.differences(approximate)).containsExactly("encoder.precision is int8 there and float32 here");
    }

    /** The file may grow from night to night, so its content is not compared. */
    @Test
    void speakersHaveAColumn() {
        ScoreTableDescription with = mine.with(SpeakerTurns.parse("SPEAKER a 1 0 1 <NA> <NA> anna", "file"));
        assertThat(mine.with(SpeakerTurns.NONE)).isEqualTo(mine);
        assertThat(with.differences(mine)).containsExactly("score.speakers is unknown there and true here");
        assertThat(with.columns(ScoreFormat.DELTA).result().fieldNames()).contains("speakers");
        assertThat(with.columns(ScoreFormat.CSV).result().fieldNames()).doesNotContain("speakers");
        assertThat(mine.with(SpeakerTurns.clustered(2)).differences(with))
                .containsExactly(
                        "score.speaker-count is unknown there and 2 here",
                        "score.speakers is true there and cluster here");
    }

    /** A new key of the section is compared, or is named among those without an effect. */
    @Test
    void everySettingOfTheSectionIsComparedOrNamed() {
        Set<String> keys = new TreeSet<>(mine.settings().keySet());
        assertThat(keys.remove("audio.minimum-seconds")).isTrue();
        keys.addAll(ScoreTableDescription.WITHOUT_EFFECT_ON_ROWS);
        keys.addAll(mine.with(SpeakerTurns.clustered(2)).settings().keySet());
        keys.remove("audio.minimum-seconds");
        assertThat(keys).isEqualTo(Settings.ofTexts().values(List.of("score")).keySet());
    }

    @Test
    void onlySettingsOfRowsAreCompared() {
        AudioSettings defaults = AudioSettings.defaults();
        assertThat(mine.differences(ScoreTableDescription.of(
                        new AudioSettings(defaults.sampleRate(), 0.1, 60, 7),
                        RecordingSettings.defaults(),
                        ScoringSettings.defaults().withBatchSize(99),
                        TableSettings.defaults()
                                .withCommitFiles(1)
                                .withCommitMegabytes(1)
                                .withMaxRejectedShare(0.1))))
                .isEmpty();
        assertThat(mine.differences(ScoreTableDescription.of(
                        new AudioSettings(defaults.sampleRate(), 0.2, 60, 7),
                        RecordingSettings.defaults()
                                .withWindows(4, 2)
                                .withSmoothing(10)
                                .withSilence(6)
                                .withChannels(Channels.EACH)
                                .withLimits(60, 7),
                        ScoringSettings.defaults()
                                .withBatchSize(4)
                                .withAbstainBelow(0.5)
                                .withEmbeddings(true)
                                .withTimeline(false)
                                .withViews(3),
                        TableSettings.defaults()
                                .withPartitionBy(TableSettings.Partitioning.DATE)
                                .withArchive(new ArchiveLimits(7, 8, 9)))))
                .containsExactly(
                        "audio.minimum-seconds is 0.2 there and 0.1 here",
                        "score.abstain-below is 0.5 there and 0.0 here",
                        "score.archive.entries is 7 there and 100000 here",
                        "score.archive.megabytes is 8 there and 65536 here",
                        "score.archive.ratio is 9 there and 100 here",
                        "score.channels is each there and mix here",
                        "score.embeddings is true there and false here",
                        "score.hop-seconds is 2.0 there and 2.5 here",
                        "score.maximum-bytes is 7 there and 17179869184 here",
                        "score.maximum-seconds is 60.0 there and 43200.0 here",
                        "score.partition-by is date there and none here",
                        "score.silence-decibels is 6.0 there and 9.0 here",
                        "score.smoothing-seconds is 10.0 there and 25.0 here",
                        "score.timeline is false there and true here",
                        "score.views is 3 there and 1 here",
                        "score.window-seconds is 4.0 there and 5.0 here");
    }

    @Test
    void tablesOfEarlierBuildsHaveOneView() {
        ScoreTableDescription earlier = new ScoreTableDescription(mine.schemaVersion(), new TreeMap<>(mine.settings()));
        earlier.settings().remove("score.views");
        assertThat(mine.differences(earlier)).isEmpty();
        assertThat(ScoreTableDescription.of(
                                AudioSettings.defaults(),
                                RecordingSettings.defaults(),
                                SCORING.withViews(3),
                                TableSettings.defaults())
                        .differences(earlier))
                .containsExactly("score.views is 1 there and 3 here");
    }

    @Test
    void aTableHasTheColumnsThatItsSettingsAndItsFormatAllow() {
        ScoreTableDescription without = ScoreTableDescription.of(
                AudioSettings.defaults(),
                RecordingSettings.defaults(),
                ScoringSettings.defaults().withBatchSize(4).withEmbeddings(true).withTimeline(false),
                TableSettings.defaults());
        assertThat(mine.columns(ScoreFormat.PARQUET))
                .isEqualTo(new ScoreColumns(EmotionSet.EIGHT, Part.CHANNELS, Part.TIMELINE));
        assertThat(mine.columns(ScoreFormat.CSV)).isEqualTo(new ScoreColumns(EmotionSet.EIGHT));
        assertThat(without.columns(ScoreFormat.JSON))
                .isEqualTo(new ScoreColumns(EmotionSet.EIGHT, Part.CHANNELS, Part.EMBEDDINGS));
    }

    @Test
    void unknownSettingsAreDifferences() {
        ScoreTableDescription other = ScoreTableDescription.fromJson(
                "{\"schemaVersion\": 3, \"settings\": {\"score.colour\": \"red\"}}".getBytes(StandardCharsets.UTF_8));
        assertThat(mine.differences(other))
                .contains(
                        "score.colour is red there and unknown here",
                        "score.embeddings is unknown there and false here");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"schemaVersion\": 3}",
                "{\"schemaVersion\": 2, \"settings\": {}}",
                "{\"schemaVersion\": 3, \"settings\": {}} x",
                "{\"schemaVersion\": \"one\", \"settings\": {}}"
            })
    void otherTextsAreRejected(String json) {
        assertThatThrownBy(() -> ScoreTableDescription.fromJson(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("\n");
    }

    @Test
    void settingsOutOfRangeAreRefusedByName() {
        TableSettings defaults = TableSettings.defaults();
        assertThatThrownBy(() -> defaults.withCommitFiles(0)).hasMessageContaining("score.commit-files is 0");
        assertThatThrownBy(() -> defaults.withCommitMegabytes(0)).hasMessageContaining("score.commit-megabytes is 0");
        assertThatThrownBy(() -> defaults.withMaxRejectedShare(1.1))
                .hasMessageContaining("score.max-rejected-share is 1.1");
        assertThatThrownBy(() -> defaults.withMaxRejectedShare(Double.NaN))
                .hasMessageContaining("score.max-rejected-share is NaN");
        assertThatThrownBy(() -> new ArchiveLimits(0, 1, 1)).hasMessageContaining("entries is 0");
        assertThatThrownBy(() -> new ArchiveLimits(1, 1L << 50, 1)).hasMessageContaining("megabytes is");
        assertThatThrownBy(() -> new ArchiveLimits(1, 1, 0)).hasMessageContaining("ratio is 0");
    }
}
