package org.speechemotion.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmotionNamesTest {
    /** The names of the corpora EmoBox, IEMOCAP, MELD, TESS, EmoDB in German, CREMA-D and ESD. */
    @ParameterizedTest
    @CsvSource({
        "neutral, 'neutral,Neutral,NEU,neu,Neutralität'",
        "calm, 'calm,CALM,cal,calmness'",
        "happy, 'happy,HAP,hap,happiness,joy,Joy,joyful,Freude'",
        "sad, 'sad,SAD,sadness,Sadness,Trauer,traurig'",
        "angry, 'angry,ANG,ang,anger,Anger,Wut,wütend,WUETEND,Ärger'",
        "fearful, 'fearful,FEA,fea,fear,Fear,Angst,ängstlich'",
        "disgust, 'disgust,DIS,dis,disgusted,Ekel'",
        "surprised, 'surprised,sur,surprise,ps,PS,pleasant_surprise,Pleasant-Surprise,pleasant surprised,Überraschung'"
    })
    void commonNamesAreUnderstood(String id, String names) {
        assertThat(names.split(",")).allSatisfy(name -> assertThat(EmotionSet.EIGHT.find(name))
                .as(name)
                .map(Emotion::id)
                .contains(id));
    }

    @ParameterizedTest
    @ValueSource(strings = {" Happy ", "ｈａｐｐｙ", "wu\u0308tend", "hap\u00ADpy", "FREUDE", "pleasant  surprise"})
    void caseAndSeparatorsDoNotMatter(String name) {
        assertThat(EmotionSet.EIGHT.find(name)).isPresent();
    }

    /** Not one of the eight, between two of them, or another emotion in another corpus. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "W",
                "L",
                "E",
                "A",
                "F",
                "T",
                "N",
                "S",
                "H",
                "1",
                "03",
                "exc",
                "excited",
                "boredom",
                "bored",
                "Langeweile",
                "fru",
                "frustrated",
                "oth",
                "other",
                "xxx",
                "anxiety",
                "contempt",
                "unhappy",
                "high"
            })
    void ambiguousAndUnknownNamesAreRejected(String name) {
        assertThat(EmotionSet.EIGHT.find(name)).isEmpty();
    }
}
