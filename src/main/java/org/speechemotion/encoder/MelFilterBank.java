package org.speechemotion.encoder;

/**
 * Triangular filters of equal area that are evenly spaced on the mel scale of Slaney's Auditory Toolbox (1998), which is
 * linear below 1 kHz and logarithmic above. librosa and Hugging Face call it {@code mel_scale="slaney", norm="slaney"}.
 */
final class MelFilterBank {

    private static final double HERTZ_PER_MEL = 200.0 / 3;
    private static final double LOGARITHMIC_FROM_HERTZ = 1000;
    private static final double LOGARITHMIC_FROM_MEL = LOGARITHMIC_FROM_HERTZ / HERTZ_PER_MEL;
    private static final double MELS_PER_LOG_HERTZ = 27 / Math.log(6.4);

    private final int[] firstBins;
    private final double[][] weights;

    /**
     * @param bins the number of frequencies of a spectrum, evenly spaced from 0 to half the sample rate inclusive
     * @throws IllegalArgumentException if a band exceeds half the sample rate or contains no frequency
     */
    MelFilterBank(LogMelSettings settings, int sampleRate, int bins) {
        if (settings.highestHertz() > sampleRate / 2.0) {
            throw new IllegalArgumentException("highest-hertz is " + settings.highestHertz()
                    + "; allowed: at most half the sample rate of " + sampleRate + " Hz");
        }
        firstBins = new int[settings.bands()];
        weights = new double[settings.bands()][];
        double lowest = mel(settings.lowestHertz());
        double spacing = (mel(settings.highestHertz()) - lowest) / (settings.bands() + 1);
        double binHertz = sampleRate / 2.0 / (bins - 1);
        for (int band = 0; band < settings.bands(); band++) {
            double left = hertz(lowest + spacing * band);
            double centre = hertz(lowest + spacing * (band + 1));
            double right = hertz(lowest + spacing * (band + 2));
            int from = (int) Math.floor(left / binHertz) + 1;
            int to = Math.min(bins, (int) Math.ceil(right / binHertz));
            if (from >= to) {
                throw new IllegalArgumentException("mel band " + (band + 1) + " of " + settings.bands() + ", "
                        + Math.round(left) + " to " + Math.round(right)
                        + " Hz, contains no frequency of the spectrum,"
                        + " whose resolution is " + binHertz + " Hz; use fewer bands or a longer window");
            }
            firstBins[band] = from;
            weights[band] = new double[to - from];
            for (int bin = from; bin < to; bin++) {
                double frequency = bin * binHertz;
                double height = Math.min((frequency - left) / (centre - left), (right - frequency) / (right - centre));
                weights[band][bin - from] = height * 2 / (right - left);
            }
        }
    }

    /** Returns the energies of power spectra in one band, by frame. */
    double[] energies(int band, PowerSpectrum.Buffers powers) {
        return powers.sums(firstBins[band], weights[band]);
    }

    private static double mel(double hertz) {
        return hertz < LOGARITHMIC_FROM_HERTZ
                ? hertz / HERTZ_PER_MEL
                : LOGARITHMIC_FROM_MEL + MELS_PER_LOG_HERTZ * Math.log(hertz / LOGARITHMIC_FROM_HERTZ);
    }

    private static double hertz(double mel) {
        return mel < LOGARITHMIC_FROM_MEL
                ? mel * HERTZ_PER_MEL
                : LOGARITHMIC_FROM_HERTZ * Math.exp((mel - LOGARITHMIC_FROM_MEL) / MELS_PER_LOG_HERTZ);
    }
}
