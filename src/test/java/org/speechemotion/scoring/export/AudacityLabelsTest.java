package org.speechemotion.scoring.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

class AudacityLabelsTest extends TimelineFormatContract {

    @Override
    TimelineFormat format() {
        return new AudacityLabels();
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
}
