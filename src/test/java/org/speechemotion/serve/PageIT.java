package org.speechemotion.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.speechemotion.asr.WordPerSecond;
import org.speechemotion.audio.PcmWav;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.spark.scoring.ResultLines;

/** The page in a real browser, with a file as its microphone; the screenshots are in {@code target/page}. */
@Timeout(180)
@EnabledIf("browserIsInstalled")
class PageIT {
    private static final Path SCREENSHOTS = Path.of("target", "page");

    static boolean browserIsInstalled() {
        return Browser.program().isPresent();
    }

    @TempDir
    Path folder;

    @Test
    void aFileAndTheMicrophoneBecomeTimelines() throws Exception {
        Path stereo = Files.write(folder.resolve("call.wav"), PcmWav.of(ServiceFixture.pcm(16_000, 2, 9), 16_000, 2));
        // The browser may still write there when it has been stopped.
        Path profile = Files.createTempDirectory(Files.createDirectories(SCREENSHOTS), "profile");
        try (ServiceFixture fixture = new ServiceFixture(
                        ServiceFixture.SETTINGS,
                        Optional.empty(),
                        ResultLines.json("tiny", EmotionSet.EIGHT, 0, true)::line,
                        Optional.of(new WordPerSecond(ServiceFixture.RATE)));
                Browser browser = new Browser(Browser.program().orElseThrow(), profile.toAbsolutePath(), stereo)) {
            browser.resize(1280, 900, "light");
            browser.call(
                    "Page.navigate",
                    Map.of(
                            "url",
                            "http://127.0.0.1:" + fixture.service.address().getPort() + "/"));
            browser.await("document.getElementById('model')?.textContent.includes('tiny')");

            browser.evaluate("document.getElementById('separate').click()");
            browser.choose("#file", stereo);
            browser.await("document.getElementById('status').textContent.startsWith('Done')");
            assertThat(browser.evaluate("document.querySelectorAll('canvas').length")
                            .asInt())
                    .isEqualTo(2);
            assertThat(browser.evaluate("document.querySelectorAll('#rows tr').length")
                            .asInt())
                    .isPositive();
            assertThat(browser.evaluate("document.querySelector('.words').textContent")
                            .asText())
                    .as("words are under the timeline")
                    .matches("w\\d+( w\\d+){8}");
            assertThat(browser.evaluate(exported("#vtt")).asText())
                    .startsWith("WEBVTT\n\n00:00:00.000 --> ")
                    .containsPattern("<v Channel 2>\\w+( \\w+)? \\d+ %\nw\\d+ w\\d+");
            assertThat(browser.evaluate(exported("#json")).asText()).contains("\"words\": [", "\"text\": \"w");
            assertThat(browser.evaluate("document.getElementById('vtt').disabled")
                            .asBoolean())
                    .isFalse();
            assertThat(browser.evaluate(pixels(0)).asInt())
                    .as("something is drawn")
                    .isGreaterThan(1000);
            browser.screenshot(SCREENSHOTS.resolve("file-1280-light.png"));
            browser.resize(390, 844, "dark");
            assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
                    .as("nothing is wider than a phone")
                    .isLessThanOrEqualTo(390);
            browser.screenshot(SCREENSHOTS.resolve("file-390-dark.png"));

            browser.evaluate("document.getElementById('microphone').click()");
            browser.await(
                    "document.querySelectorAll('#rows tr').length > 0" + " && !document.getElementById('now').hidden");
            Thread.sleep(3000);
            assertThat(browser.evaluate(pixels(0)).asInt()).isGreaterThan(1000);
            browser.screenshot(SCREENSHOTS.resolve("microphone-390-dark.png"));
            browser.resize(1280, 900, "light");
            browser.screenshot(SCREENSHOTS.resolve("microphone-1280-light.png"));
            browser.evaluate("document.getElementById('microphone').click()");
            browser.await("document.getElementById('status').textContent.startsWith('Done')");
            assertThat(browser.evaluate("document.getElementById('summary').textContent")
                            .asText())
                    .contains("Whole recording: ");
            assertThat(browser.evaluate("document.querySelector('.words').textContent")
                            .asText())
                    .matches("w\\d+( w\\d+)+");
            assertThat(browser.evaluate(unnamed()).asText())
                    .as("every control has a name")
                    .isEmpty();
            assertThat(browser.complaints).isEmpty();
        }
    }

    /** The number of pixels of a canvas that are drawn. */
    private static String pixels(int canvas) {
        return "(() => { const c = document.querySelectorAll('canvas')[%d];".formatted(canvas)
                + " const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;"
                + " let n = 0; for (let i = 3; i < d.length; i += 4) n += d[i] > 0; return n; })()";
    }

    /** The text of the file that a button saves. */
    private static String exported(String button) {
        return "(async () => { const create = URL.createObjectURL; let blob; URL.createObjectURL = (one) => { blob = one;"
                + " return create(one); }; document.querySelector('%s').click(); URL.createObjectURL = create;"
                        .formatted(button)
                + " return blob.text(); })()";
    }

    /** The ids of the controls that a screen reader could not name. */
    private static String unnamed() {
        return "[...document.querySelectorAll('button, input, meter')]"
                + ".filter((one) => !one.textContent.trim() && !one.labels?.length).map((one) => one.id).join(' ')";
    }
}
