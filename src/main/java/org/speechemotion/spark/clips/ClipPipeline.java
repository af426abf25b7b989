package org.speechemotion.spark.clips;

import java.io.Serializable;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.util.SerializableConfiguration;
import org.speechemotion.audio.AudioDecoder;
import org.speechemotion.audio.AudioOpener;
import org.speechemotion.audio.AudioSettings;
import org.speechemotion.audio.ClipReader;
import org.speechemotion.audio.DuplicateFilter;
import org.speechemotion.audio.RecordingReader;
import org.speechemotion.augment.AugmentationChain;
import org.speechemotion.common.Sha256;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.encoder.EncoderSettings;
import org.speechemotion.encoder.PretrainedSettings.Precision;
import org.speechemotion.scoring.RecordingSettings;
import org.speechemotion.spark.io.HadoopAudio;
import org.speechemotion.train.ClipLoader;
import org.speechemotion.train.FrameLoader;
import org.speechemotion.train.ViewLoader;

/** Reads, decodes and encodes clips on executors. Its settings are serialised; each executor opens the encoder itself. */
public final class ClipPipeline implements Serializable {
    private static final long serialVersionUID = 1L;

    private final AudioSettings audio;
    private final EncoderSettings encoder;
    /** The fingerprint of the encoder that the driver verified; "" for any. */
    private final String fingerprint;

    private final SerializableConfiguration hadoop;

    public ClipPipeline(AudioSettings audio, EncoderSettings encoder, Configuration hadoop) {
        this(audio, encoder, "", new SerializableConfiguration(hadoop));
    }

    private ClipPipeline(
            AudioSettings audio, EncoderSettings encoder, String fingerprint, SerializableConfiguration hadoop) {
        this.audio = audio;
        this.encoder = encoder;
        this.fingerprint = fingerprint;
        this.hadoop = hadoop;
    }

    /** Returns a pipeline that accepts only the encoder of this fingerprint on every executor. */
    public ClipPipeline requiring(String encoderFingerprint) {
        return new ClipPipeline(audio, encoder, encoderFingerprint, hadoop);
    }

    public Configuration hadoop() {
        return hadoop.value();
    }

    /** Returns a reader of clips on any Hadoop file system. */
    public ClipReader reader() {
        return new ClipReader(new HadoopAudio(hadoop.value()), new AudioDecoder(audio));
    }

    /** Returns a reader of recordings of any length. */
    public <I> RecordingReader<I> recordings(AudioOpener<I> opener, RecordingSettings settings, DuplicateFilter seen) {
        return new RecordingReader<>(opener, new AudioDecoder(settings.audio(audio)), settings.channels(), seen);
    }

    public AudioSettings audio() {
        return audio;
    }

    /** Returns the precision of the encoder. */
    public Precision precision() {
        return encoder.pretrained().execution().precision();
    }

    /**
     * Returns the encoder that the tasks of this JVM share. The caller must not close it.
     *
     * @throws IllegalStateException if it is not the {@linkplain #requiring required} one
     */
    public Encoder encoder() {
        return ExecutorModels.encoder(
                encoder, Optional.of(fingerprint).filter(required -> !required.isEmpty()), hadoop.value());
    }

    public FrameLoader frames(int cacheMegabytes) {
        return new FrameLoader(new ClipLoader(reader()), encoder(), ExecutorModels.frames(cacheMegabytes));
    }

    /** Returns a loader of clips that keeps what it decodes, and finds what the catalog has kept. */
    ClipLoader clips(int cacheMegabytes) {
        return new ClipLoader(reader(), DecodedClips.cache(cacheMegabytes));
    }

    ViewLoader views(int cacheMegabytes, AugmentationChain chain, SoundListing sounds, int threads) {
        Encoder opened = encoder();
        return new ViewLoader(
                clips(cacheMegabytes),
                chain,
                sounds.open(audio, cacheMegabytes, hadoop.value()),
                opened,
                threads,
                ExecutorModels.frames(cacheMegabytes),
                Sha256.of(opened.fingerprint() + chain + new TreeMap<>(sounds.files())));
    }
}
