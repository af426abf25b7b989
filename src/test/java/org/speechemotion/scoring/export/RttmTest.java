package org.speechemotion.scoring.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.speechemotion.asr.Word;

class RttmTest extends TimelineFormatContract {

    @Override
    TimelineFormat format() {
        return new Rttm();
    }

    @Override
    String voice(String speaker) {
        return " " + speaker + "/";
    }

    @Override
    List<Read> read(String file) {
        return file.lines()
                .map(line -> {
                    String[] fields = line.split("\\s+", -1);
                    assertThat(fields).hasSize(10);
                    assertThat(fields[0]).isEqualTo("SPEAKER");
                    assertThat(List.of(fields[5], fields[6], fields[9])).containsOnly("<NA>");
                    assertThat(Double.parseDouble(fields[8])).isBetween(0.0, 1.0);
                    double start = Double.parseDouble(fields[3]);
                    return new Read(
                            Integer.parseInt(fields[2]), start, start + Double.parseDouble(fields[4]), fields[7]);
                })
                .toList();
    }

    /** Programs that read speakers take every line for one. */
    @Override
    List<Word> words(String file) {
        return List.of();
    }
}
