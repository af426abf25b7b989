package org.speechemotion.report.html;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.speechemotion.report.Misclassified;
import org.speechemotion.report.Misclassified.Guess;
import org.speechemotion.report.figure.Axis;
import org.speechemotion.report.figure.Markup;

/** The most confident errors, each with a player. */
final class ErrorList {
    private ErrorList() {}

    static Markup of(String side, List<PlayableError> errors) {
        Markup list = Markup.of("ol").with("class", "errors");
        errors.forEach(error -> list.add(item(error)));
        String note = errors.isEmpty() ? "There are none." : "The wrong predictions with the highest confidence.";
        return Block.of("errors", "Most confident errors", side, Block.note(note), list)
                .with("class", "wide");
    }

    private static Markup item(PlayableError playable) {
        Misclassified error = playable.error();
        Guess first = error.guesses().get(0);
        Markup guesses = Markup.of("div").with("class", "guesses");
        for (Guess guess : error.guesses()) {
            guesses.add(Markup.of(
                            "span",
                            String.format(
                                    Locale.ROOT, "%s %.0f %%", guess.emotion().id(), 100 * guess.probability()))
                    .with("class", "meter")
                    .with("style", "--share:" + Axis.number(guess.probability())));
        }
        return Markup.of("li")
                .add(
                        Markup.of("p")
                                .add(Markup.of("b", error.truth().id()))
                                .text(" predicted as ")
                                .add(Markup.of("b", first.emotion().id())),
                        guesses,
                        player(playable.audio()),
                        Markup.of(
                                        "p",
                                        error.prediction().example().speakerId() + " · "
                                                + error.prediction().example().path())
                                .with("class", "note"));
    }

    private static Markup player(Optional<byte[]> audio) {
        return audio.map(bytes -> Markup.of("audio")
                        .with("controls", "controls")
                        .with("preload", "metadata")
                        .with(
                                "src",
                                "data:" + mediaType(bytes) + ";base64,"
                                        + Base64.getEncoder().encodeToString(bytes)))
                .orElseGet(() -> Block.note("The clip is too large for this page, or could not be read."));
    }

    /** Returns the media type by the first bytes of a file, like the decoder. */
    private static String mediaType(byte[] bytes) {
        String begin = new String(Arrays.copyOf(bytes, 4), StandardCharsets.ISO_8859_1);
        return switch (begin) {
            case "RIFF" -> "audio/wav";
            case "fLaC" -> "audio/flac";
            default -> "audio/mpeg";
        };
    }
}
