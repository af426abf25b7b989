package org.speechemotion.scoring.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.speechemotion.asr.Word;

class AudacityLabelsTest extends TimelineFormatContract {

    @Override
    TimelineFormat format() {
        return new AudacityLabels();
    }

    @Override
    String voice(String speaker) {
        return "\t" + speaker + ": ";
    }

    @Override
    List<Read> read(String file) {
        return file.lines()
                .map(line -> {
                    String[] fields = line.split("\t");
                    assertThat(fields).hasSize(3);
                    String[] label = fields[2].split(": ", -1);
                    return new Read(
                            Integer.parseInt(label[0]),
                            Double.parseDouble(fields[0]),
                            Double.parseDouble(fields[1]),
                            label[1]);
                })
                .toList();
    }

    @Override
    boolean timesOfWords() {
        return false;
    }

    @Override
    List<Word> words(String file) {
        return file.lines()
                .map(line -> line.split("\t", -1))
                .flatMap(fields -> Arrays.stream(fields[2].split(": ", -1))
                        .skip(2)
                        .flatMap(phrase -> Arrays.stream(phrase.split(" ", -1)))
                        .map(word -> new Word(word, Double.parseDouble(fields[0]), Double.parseDouble(fields[1]), 1)))
                .toList();
    }
}
