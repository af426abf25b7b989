package org.speechemotion.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.speechemotion.random.KeyedRandom;

class RavdessTest extends CorpusContract {
    @Override
    Corpus corpus() {
        return new Ravdess();
    }

    @Override
    CorpusFiles good() {
        return MemoryFiles.ofAudio("Actor_01/03-01-01-01-01-01-01.wav", "Actor_12/03-01-06-01-02-01-12.WAV");
    }

    @Override
    CorpusFiles mixed() {
        return MemoryFiles.ofAudio(
                "Actor_01/03-01-01-01-01-01-01.wav",
                "Actor_01/._03-01-01-01-01-01-01.wav",
                "Actor_01/02-01-01-01-01-01-01.wav",
                "noise.mp3",
                ".wav");
    }

    @Override
    int mixedCount() {
        return 5;
    }

    @Test
    void readsTheExampleOfTheCorpus() throws IOException {
        assertThat(read(MemoryFiles.ofAudio("Actor_12/03-01-06-01-02-01-12.wav")))
                .containsExactly(new Entry.Labelled(
                        Clip.of("/corpus/Actor_12/03-01-06-01-02-01-12.wav", "ravdess:12", Emotion.FEARFUL)
                                .withIntensity("normal")
                                .withStatement("Dogs are sitting by the door")));
    }

    @ParameterizedTest
    @CsvSource({
        "01, NEUTRAL",
        "02, CALM",
        "03, HAPPY",
        "04, SAD",
        "05, ANGRY",
        "06, FEARFUL",
        "07, DISGUST",
        "08, SURPRISED"
    })
    void codesArePublishedOnes(String code, String emotion) throws IOException {
        assertThat(clips(read(MemoryFiles.ofAudio("03-01-%s-02-01-02-24.wav".formatted(code)))))
                .singleElement()
                .satisfies(clip -> {
                    assertThat(clip.emotion()).isEqualTo(EmotionSet.EIGHT.parse(emotion));
                    assertThat(clip.intensity()).isEqualTo("strong");
                    assertThat(clip.statement()).isEqualTo("Kids are talking by the door");
                });
    }

    @Test
    void songIsLeftOutByDefault() throws IOException {
        MemoryFiles song = MemoryFiles.ofAudio("03-02-03-01-01-01-01.wav");

        assertThat(rejections(read(song))).singleElement().satisfies(rejected -> assertThat(
                        rejected.rejection().text())
                .isEqualTo("excluded: part 2 of the file name (vocal channel) is \"02\" (song); allowed: 01 (speech);"
                        + " the option song=true includes song"));
        assertThat(clips(corpus().read(song, Map.of("song", "true")))).hasSize(1);
        assertThatThrownBy(() -> corpus().read(song, Map.of("song", "yes")))
                .hasMessage("option song of corpus ravdess is \"yes\"; allowed: true, false");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "01-01-01-01-01-01-01.wav | excluded: part 1 of the file name (modality) is \"01\" (full audio-video);"
                        + " allowed: 03 (audio only)",
                "03-01-09-01-01-01-01.wav | file-name: part 3 of the file name (emotion) is \"09\"; allowed: 01, 02,"
                        + " 03, 04, 05, 06, 07, 08",
                "03-01-01-03-01-01-01.wav | file-name: part 4 of the file name (intensity) is \"03\"; allowed: 01, 02",
                "03-01-01-01--01-01.wav | file-name: part 5 of the file name (statement) is \"\"; allowed: 01, 02",
                "03-01-01-01-01-3-01.wav | file-name: part 6 of the file name (repetition) is \"3\"; allowed: 01, 02",
                "03-01-01-01-01-01-25.wav | file-name: part 7 of the file name (actor) is \"25\"; allowed: 01 to 24",
                "03-01-01.wav | file-name: the file name has 3 part(s) separated by \"-\"; a name of ravdess has 7:"
                        + " modality-vocal channel-emotion-intensity-statement-repetition-actor",
            })
    void malformedNamesAreRejectedWithTheReason(String name, String reason) throws IOException {
        assertThat(rejections(read(MemoryFiles.ofAudio(name))))
                .containsExactly(new Entry.Rejected("/corpus/" + name, "ravdess", rejection(reason)));
    }

    @Test
    void aSecondCopyIsRejected() throws IOException {
        List<Entry> entries =
                read(MemoryFiles.ofAudio("a/03-01-01-01-01-01-01.wav", "b/Actor_01/03-01-01-01-01-01-01.wav"));

        assertThat(clips(entries)).hasSize(1);
        assertThat(rejections(entries)).singleElement().satisfies(rejected -> assertThat(
                        rejected.rejection().text())
                .isEqualTo("copy: a second copy of the clip at /corpus/a/03-01-01-01-01-01-01.wav"));
    }

    @Test
    void everyNameIsLabelledOrRejected() throws IOException {
        String alphabet = "0123-_. \\é\uD83D\n\u0663";
        MemoryFiles files = MemoryFiles.ofAudio();
        for (int i = 0; i < 2000; i++) {
            KeyedRandom random = new KeyedRandom(1, "name", Integer.toString(i));
            StringBuilder name = new StringBuilder("/corpus/" + i + "/");
            for (int length = random.nextInt(25); length > 0; length--) {
                name.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            files.with(name + ".wav", "");
        }

        assertThat(read(files)).hasSize(2000);
        assertThat(new CremaD().read(files, Map.of())).hasSize(2000);
    }
}
