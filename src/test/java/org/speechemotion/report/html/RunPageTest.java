package org.speechemotion.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.speechemotion.report.Misclassified;
import org.speechemotion.report.Rejections;
import org.speechemotion.report.RunResult;
import org.speechemotion.report.SampleRun;
import org.speechemotion.report.SideResult;
import org.speechemotion.train.KeptEpochs;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class RunPageTest {
    private static final XPath XPATH = XPathFactory.newInstance().newXPath();
    private static final String SETTINGS = "training.epochs = 3, network.hidden-width = \"<script>&\"";
    private static final String HOSTILE = "</pre><script>alert(1)</script>&\"'\0";

    @TempDir
    private Path folder;

    @Test
    void hasEveryFigure() throws Exception {
        Document page = parse(page(SampleRun.result(), errors(3))
                .withEmbeddings(SampleRun.embeddings())
                .render());
        assertThat(texts(page, "//figure/@id"))
                .containsExactly(
                        "recall",
                        "loss",
                        "confusion",
                        "classes",
                        "reliability",
                        "risk-coverage",
                        "embeddings-emotion",
                        "embeddings-speaker",
                        "speakers",
                        "errors");
        assertThat(count(page, "//figure//*[local-name()='svg']")).isEqualTo(8);
        assertThat(texts(page, "//section/@id")).containsExactly("side-test", "side-validation");
        assertThat(texts(page, "//section[@id='side-test']//strong").get(0)).isEqualTo("75.0 %");
        assertThat(texts(page, "//section[@id='side-test']//small"))
                .startsWith("95 %: 70.5 to 78.1 %", "chance: 12.5 %")
                .contains("72 of 96 clips");
        assertThat(texts(page, "//dl[@id='facts']/div/dt")).containsExactly("took", "hostile");
        assertThat(texts(page, "//dl[@id='facts']/div/dd").get(1)).isEqualTo(HOSTILE.replace('\0', '\ufffd'));
        assertThat(texts(page, "//details[@id='glossary']//dt")).contains("UAR", "ECE", "Brier score", "Temperature");
    }

    @Test
    void thePageOfAnEvaluationNamesTheCorpusAndClaimsNothingAboutTraining() throws Exception {
        SideResult test = SampleRun.result().shown().orElseThrow();
        SideResult other = SideResult.of("emodb", test.predictions(), 1);
        Document page = parse(new RunPage("a model on emodb", other).render());
        // Some predictions are wrong, and so no block may say that there are no errors.
        assertThat(texts(page, "//figure/@id"))
                .containsExactly("confusion", "classes", "reliability", "risk-coverage", "speakers");
        assertThat(texts(page, "//figure/h2/span[@class='side']")).containsOnly("emodb");
        assertThat(texts(page, "//p[@class='verdict']").get(0)).startsWith("On emodb (96 clips by 3 speakers), ");
        assertThat(count(page, "//details[@id='settings']")).isZero();
    }

    @Test
    void everyBlockNamesItsSide() throws Exception {
        Document page = parse(page(SampleRun.result(), errors(3))
                .withEmbeddings(SampleRun.embeddings())
                .render());
        List<String> sides = texts(page, "//figure/h2/span[@class='side']");
        assertThat(sides).hasSize(count(page, "//figure"));
        assertThat(sides.subList(0, 2)).containsOnly("train and validation sides");
        assertThat(sides.subList(2, sides.size())).containsOnly("test side");
    }

    @Test
    void theVerdictComesFirst() throws Exception {
        Document page = parse(page(SampleRun.result(), errors(3)).render());
        assertThat(texts(page, "//header/*[2][@class='verdict']").get(0))
                .startsWith("On the test side (96 clips by 3 speakers), the model recognises 75.0 % of each emotion's"
                        + " clips on average (UAR; 95 % interval: 70.5 to 78.1 %); chance is 12.5 %, so this is better"
                        + " than chance.");
    }

    @Test
    void settingsThatDifferFromTheDefaultsAreListedBeforeAll() throws Exception {
        Document page = parse(page(SampleRun.result(), List.of()).render());
        assertThat(texts(page, "//dl[@id='changed']/div/dt"))
                .containsExactly("network.hidden-width", "training.epochs");
        assertThat(texts(page, "//dl[@id='changed']/div/dd")).containsExactly("<script>&", "3");
        assertThat(texts(page, "//details/details/pre")).containsExactly(SETTINGS);
    }

    @Test
    void theFiguresShowTheNumbers() throws Exception {
        Document page = parse(page(SampleRun.result(), errors(3)).render());
        // Three of four of every emotion are right.
        assertThat(texts(page, "//figure[@id='confusion']//*[local-name()='text']"))
                .contains("75 %", "9", "25 %", "3");
        assertThat(texts(page, "//figure[@id='classes']//*[local-name()='text'][@font-size='9']"))
                .hasSize(16)
                .containsOnly("75 % (9 of 12)");
        assertThat(texts(page, "//figure[@id='speakers']//tbody/tr/th"))
                .containsExactly("made", "made:3", "made:5", "other", "other:<4>");
        assertThat(texts(page, "//figure[@id='speakers']//tbody/tr[1]/td"))
                .containsExactly("64", "48", "75.0 %", "75.0 %", "");
        assertThat(texts(page, "//figure[@id='speakers']//tbody/tr[1]/td[5]/@style"))
                .containsExactly("--share:0.75;--chance:0.12");
        assertThat(texts(page, "//figure[@id='speakers']//thead//th[6]/span")).containsExactly("0", "50", "100 %");
        assertThat(texts(page, "//figure[@id='recall']//*[local-name()='text']"))
                .contains("chance");
        assertThat(count(page, "//figure[@id='reliability']//*[local-name()='rect']"))
                .isPositive();
        assertThat(texts(page, "//figure[@id='risk-coverage']/p").get(0))
                .startsWith("Accuracy: ")
                .contains(" of the most confident 70 %, ");
        assertThat(texts(page, "//figure[@id='errors']//li/p[1]"))
                .hasSize(3)
                .allMatch(text -> text.contains(" predicted as "));
    }

    @Test
    void theCurvesMarkTheEpochsThatWereKept() throws Exception {
        String rules = "//figure[@id='loss']//*[local-name()='polyline'][@stroke-dasharray]";
        int best = count(parse(page(SampleRun.result(), errors(3)).render()), rules);
        int mean = count(parse(page(SampleRun.meanResult(), errors(3)).render()), rules);
        assertThat(mean).isEqualTo(best + 1);
    }

    @Test
    void thePageNeedsNoOtherFile() throws Exception {
        String source = page(SampleRun.result(), errors(3)).render();
        Document page = parse(source);
        assertThat(count(page, "//script")).isZero();
        assertThat(count(page, "//link")).isZero();
        assertThat(texts(page, "//@href")).isEmpty();
        assertThat(texts(page, "//@src")).hasSize(3).allMatch(uri -> uri.startsWith("data:audio/"));
        assertThat(source).doesNotContain("url(", "@import").startsWith("<!DOCTYPE html>\n<html");
        assertThat(texts(page, "//style").get(0)).contains("prefers-color-scheme: dark");
    }

    @Test
    void theStyleSurvivesEscaping() throws Exception {
        String source = page(SampleRun.result(), List.of()).render();
        String style = source.substring(source.indexOf("<style>"), source.indexOf("</style>"));
        assertThat(style).doesNotContain("&");
    }

    @Test
    void clipsArePlayedUnchanged() throws Exception {
        byte[] wav = {'R', 'I', 'F', 'F', 0, -1};
        List<PlayableError> errors = new ArrayList<>();
        for (byte[] bytes : List.of(wav, new byte[] {'f', 'L', 'a', 'C'}, new byte[] {-1})) {
            errors.add(new PlayableError(worst(1).get(0), Optional.of(bytes)));
        }
        errors.add(new PlayableError(worst(1).get(0), Optional.empty()));
        Document page = parse(page(SampleRun.result(), errors).render());
        assertThat(texts(page, "//audio/@src"))
                .containsExactly(
                        "data:audio/wav;base64," + Base64.getEncoder().encodeToString(wav),
                        "data:audio/flac;base64,ZkxhQw==",
                        "data:audio/mpeg;base64,/w==");
        assertThat(texts(page, "//li[4]/p").get(1)).contains("too large");
    }

    @Test
    void theAudioOfAPageIsLimited() throws IOException {
        List<Misclassified> worst = worst(9);
        for (Misclassified error : worst) {
            Files.write(folder.resolve(error.fileName()), new byte[2 << 20]);
        }
        Files.write(folder.resolve(worst.get(1).fileName()), new byte[(2 << 20) + 1]);
        Files.delete(folder.resolve(worst.get(2).fileName()));
        assertThat(PlayableError.read(worst, folder))
                .extracting(error -> error.audio().isPresent())
                .containsExactly(true, false, false, true, true, true, true, true, false);
    }

    @Test
    void aRunWithoutOtherSidesHasItsCurves() throws Exception {
        Document page = parse(
                page(new RunResult(KeptEpochs.best(1), 1, List.of()), List.of()).render());
        assertThat(texts(page, "//figure/@id")).containsExactly("recall", "loss");
    }

    @Test
    void missingEmotionsAreNamedAboveTheFigures() throws Exception {
        Rejections rejections = Rejections.of(List.of(
                Rejections.of("b.wav", "too-short: 0.05 s"),
                Rejections.of("a.wav", "too-short: 0.01 s"),
                Rejections.of("<c>.wav", "copy: of d.wav")));
        RunResult result = new RunResult(KeptEpochs.best(1), 1, List.of());
        Document page = parse(page(result, List.of(), Optional.of("WARNING: 6 of 8"), rejections)
                .render());
        assertThat(texts(page, "//main/*[2][@id='warning']")).containsExactly("WARNING: 6 of 8");
        assertThat(texts(page, "//section[@id='rejected']/p")).containsExactly("3 files rejected:");
        assertThat(texts(page, "//section[@id='rejected']//li"))
                .containsExactly("2 too-short, such as a.wav: 0.01 s", "1 copy, such as <c>.wav: of d.wav");
        Document whole = parse(page(result, List.of()).render());
        assertThat(texts(whole, "//*[@id='warning' or @id='rejected']")).isEmpty();
    }

    private static RunPage page(RunResult result, List<PlayableError> errors) {
        return page(result, errors, Optional.empty(), Rejections.NONE);
    }

    private static RunPage page(
            RunResult result, List<PlayableError> errors, Optional<String> warning, Rejections rejections) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("took", "61 s");
        facts.put("hostile", HOSTILE);
        return new RunPage("emotion / <first>", result, SampleRun.history())
                .withErrors(errors)
                .withFacts(facts)
                .withWarning(warning)
                .withRejections(rejections)
                .withSettings(SETTINGS);
    }

    private static List<PlayableError> errors(int count) {
        return worst(count).stream()
                .map(error -> new PlayableError(error, Optional.of(new byte[] {1, 2, 3, 4})))
                .toList();
    }

    private static List<Misclassified> worst(int count) {
        return Misclassified.worst(SampleRun.result().shown().orElseThrow().predictions(), count);
    }

    private static Document parse(String source) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(source)));
    }

    private static int count(Document page, String path) throws XPathExpressionException {
        return ((NodeList) XPATH.evaluate(path, page, XPathConstants.NODESET)).getLength();
    }

    private static List<String> texts(Document page, String path) throws XPathExpressionException {
        NodeList nodes = (NodeList) XPATH.evaluate(path, page, XPathConstants.NODESET);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            texts.add(nodes.item(i).getTextContent());
        }
        return texts;
    }
}
