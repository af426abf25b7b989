package org.speechemotion.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmotionNamesTest {
    /** As the corpora have them: EmoBox, IEMOCAP, MELD, TESS, EmoDB in German, CREMA-D, ESD. */
    @ParameterizedTest
    @CsvSource({
        "NEUTRAL, 'neutral,Neutral,NEU,neu,Neutralität'",
        "CALM, 'calm,CALM,cal,calmness'",
        "HAPPY, 'happy,HAP,hap,happiness,joy,Joy,joyful,Freude'",
        "SAD, 'sad,SAD,sadness,Sadness,Trauer,traurig'",
        "ANGRY, 'angry,ANG,ang,anger,Anger,Wut,wütend,WUETEND,Ärger'",
        "FEARFUL, 'fearful,FEA,fea,fear,Fear,Angst,ängstlich'",
        "DISGUST, 'disgust,DIS,dis,disgusted,Ekel'",
        "SURPRISED, 'surprised,sur,surprise,ps,PS,pleasant_surprise,Pleasant-Surprise,pleasant surprised,Überraschung'"
    })
    void commonNamesAreUnderstood(Emotion emotion, String names) {
        assertThat(names.split(","))
                .allSatisfy(name -> assertThat(EmotionNames.find(name)).as(name).contains(emotion));
    }

    @ParameterizedTest
    @ValueSource(strings = {" Happy ", "ｈａｐｐｙ", "wu\u0308tend", "hap\u00ADpy", "FREUDE", "pleasant  surprise"})
    void howTheyAreWrittenDoesNotMatter(String name) {
        assertThat(EmotionNames.find(name)).isPresent();
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
    void whatIsAmbiguousOrNoneOfTheEightIsNot(String name) {
        assertThat(EmotionNames.find(name)).isEmpty();
    }
}
