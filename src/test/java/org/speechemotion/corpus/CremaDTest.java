package org.speechemotion.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CremaDTest extends CorpusContract {
    @Override
    Corpus corpus() {
        return new CremaD();
    }

    @Override
    CorpusFiles good() {
        return MemoryFiles.ofAudio("AudioWAV/1001_DFA_ANG_XX.wav", "AudioWAV/1091_IEO_SAD_HI.wav");
    }

    @Override
    CorpusFiles mixed() {
        return MemoryFiles.ofAudio("AudioWAV/1001_DFA_ANG_XX.wav", "AudioWAV/1001_DFA_ANG.wav", "03-01-01.wav");
    }

    @Override
    int mixedCount() {
        return 3;
    }

    @Test
    void readsActorSentenceEmotionAndLevel() throws IOException {
        assertThat(read(MemoryFiles.ofAudio("1091_IEO_DIS_MD.wav")))
                .containsExactly(
                        new Entry.Labelled(Clip.of("/corpus/1091_IEO_DIS_MD.wav", "crema-d:1091", Emotion.DISGUST)
                                .withIntensity("medium")
                                .withStatement("It's eleven o'clock")));
    }

    @ParameterizedTest
    @CsvSource({"NEU, NEUTRAL", "HAP, HAPPY", "SAD, SAD", "ANG, ANGRY", "FEA, FEARFUL", "DIS, DISGUST"})
    void codesArePublishedOnes(String code, String emotion) throws IOException {
        assertThat(clips(read(MemoryFiles.ofAudio("1001_DFA_%s_XX.wav".formatted(code)))))
                .singleElement()
                .satisfies(clip -> {
                    assertThat(clip.emotion()).isEqualTo(EmotionSet.EIGHT.parse(emotion));
                    assertThat(clip.intensity()).isEmpty();
                });
    }

    @Test
    void readsTheMisspeltNameOfTheCorpus() throws IOException {
        assertThat(clips(read(MemoryFiles.ofAudio("1040_ITH_SAD_X.wav")))).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1000_DFA_ANG_XX.wav | file-name: part 1 of the file name (actor) is \"1000\"; allowed: 1001 to 1091",
                "1001_ABC_ANG_XX.wav | file-name: part 2 of the file name (sentence) is \"ABC\"; allowed: DFA, IEO,"
                        + " IOM, ITH, ITS, IWL, IWW, MTI, TAI, TIE, TSI, WSI",
                "1001_DFA_CAL_XX.wav | file-name: part 3 of the file name (emotion) is \"CAL\"; allowed: ANG, DIS,"
                        + " FEA, HAP, NEU, SAD",
                "1001_DFA_ANG_YY.wav | file-name: part 4 of the file name (level) is \"YY\"; allowed: HI, LO, MD, X,"
                        + " XX",
                "1001_DFA_ANG.wav | file-name: the file name has 3 part(s) separated by \"_\"; a name of crema-d has"
                        + " 4: actor_sentence_emotion_level",
            })
    void malformedNamesAreRejectedWithTheReason(String name, String reason) throws IOException {
        assertThat(rejections(read(MemoryFiles.ofAudio(name))))
                .containsExactly(new Entry.Rejected("/corpus/" + name, "crema-d", rejection(reason)));
    }
}
