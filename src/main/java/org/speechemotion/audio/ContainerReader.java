package org.speechemotion.audio;

/** Reads one audio format; stateless. */
sealed interface ContainerReader permits WavReader, FlacReader, Mp3Reader {

    /** The format's name, as in {@link SourceFormat#container}. */
    String container();

    /** Whether the file begins as this format does. */
    boolean recognises(byte[] file);

    /**
     * Decodes the file into the sink.
     *
     * @throws RejectedException if the file is damaged, is of a variant that is not decoded, or breaks a limit
     */
    void read(byte[] file, MonoSink sink) throws RejectedException;
}
