package org.speechemotion.asr;

import java.util.ArrayList;
import java.util.List;

/** A recogniser that returns a word for every second, whose text is the level; it fails at a sample of 0.75. */
public class WordPerSecond implements SpeechRecognizer {
    private final int rate;

    /** @param rate the sample rate in Hz */
    public WordPerSecond(int rate) {
        this.rate = rate;
    }

    @Override
    public int sampleRate() {
        return rate;
    }

    @Override
    public Recognition begin() {
        return new Recognition() {
            private final List<Word> words = new ArrayList<>();
            private long heard;
            private double sum;

            @Override
            public boolean accept(float[] samples, int count) {
                int before = words.size();
                for (int i = 0; i < count; i++) {
                    if (samples[i] == 0.75f) {
                        throw new ArithmeticException("not finite");
                    }
                    sum += Math.abs(samples[i]);
                    if (++heard % rate == 0) {
                        addWord();
                    }
                }
                return words.size() > before;
            }

            private void addWord() {
                double end = (double) heard / rate;
                words.add(new Word(String.format("w%.0f", sum), Math.ceil(end) - 1, end, 1));
                sum = 0;
            }

            @Override
            public Transcript soFar() {
                return new Transcript(words);
            }

            @Override
            public Transcript finish() {
                if (heard % rate > 0) {
                    addWord();
                }
                return soFar();
            }
        };
    }

    @Override
    public void close() {}
}
